import { type EnsembleShape, type Parameter, parameterShapes } from '../networks/ensemble-shape.js';
import type { StoredNetwork } from '../networks/layers-model.js';
import type { MemberNetwork } from '../networks/member-networks.js';
import type { LinearLogit } from './ridge-regression.js';

/** A single member as a stored network of its own, its output multiplied by `factor`. */
export function scaledMember({ denses }: MemberNetwork, factor: number): StoredNetwork {
  const first = denses[0];
  const last = denses.at(-1);
  if (first === undefined || last === undefined || denses.length < 2) {
    throw new Error(`Expected a network of at least 2 layers, got ${denses.length}`);
  }
  const { outputs } = last;
  const shape = {
    inputs: first.inputs,
    members: 1,
    hidden: first.outputs,
    layers: denses.length - 1,
    outputs,
  };
  return stored(shape, (name) => {
    const output = outputOf(name);
    if (output !== undefined) {
      return last.weights.filter((_, i) => i % outputs === output).map((weight) => weight * factor);
    }
    const layer = Number(/^shared(\d+)\/(?:weights|bias)$/.exec(name)?.[1] ?? Number.NaN);
    const dense = denses[layer];
    if (dense !== undefined) {
      return name.endsWith('weights') ? dense.weights : dense.bias;
    }
    switch (name) {
      case 'first/weights':
        return first.weights;
      case 'first/bias':
        return first.bias;
      case 'output/bias':
        return last.bias.map((bias) => bias * factor);
      default:
        return 1;
    }
  });
}

/**
 * Linear outputs as a network of the same form: for each, one unit carries it where it is above 0, another where it is
 * below, and the layers in between hand both on.
 */
export function linearMember(
  lines: readonly LinearLogit[],
  { hidden, layers }: Pick<EnsembleShape, 'hidden' | 'layers'>,
  factor: number,
): StoredNetwork {
  if (hidden < 2 * lines.length) {
    throw new Error(
      `Expected at least ${2 * lines.length} hidden units to carry a linear model, got ${hidden}`,
    );
  }
  const inputs = lines[0]?.weights.length ?? 0;
  const shape = { inputs, members: 1, hidden, layers, outputs: lines.length };
  return stored(shape, (name, size) => {
    const values = new Float32Array(size);
    const output = outputOf(name);
    if (output !== undefined) {
      values.set([factor, -factor], 2 * output);
    } else if (name === 'first/weights') {
      lines.forEach(({ weights }, line) => {
        weights.forEach((weight, input) => {
          values.set([weight, -weight], input * hidden + 2 * line);
        });
      });
    } else if (name === 'first/bias') {
      values.set(lines.flatMap(({ intercept }) => [intercept, -intercept]));
    } else if (name.endsWith('/in') || name.endsWith('/out')) {
      values.fill(1);
    } else if (name.startsWith('shared') && name.endsWith('/weights')) {
      for (let unit = 0; unit < 2 * lines.length; unit += 1) {
        values[unit * (hidden + 1)] = 1;
      }
    }
    return values;
  });
}

/** Which output the weights of that name belong to. */
function outputOf(name: string): number | undefined {
  const found = /^output(\d+)\/weights$/.exec(name)?.[1];
  return found === undefined ? undefined : Number(found);
}

function stored(
  shape: EnsembleShape,
  fill: (name: string, size: number) => Float32Array | number,
): StoredNetwork {
  const parameters = parameterShapes(shape).map((parameter): Parameter => {
    const size = parameter.shape.reduce((product, length) => product * length, 1);
    const filled = fill(parameter.name, size);
    const values = typeof filled === 'number' ? new Float32Array(size).fill(filled) : filled;
    if (values.length !== size) {
      throw new Error(`Expected ${size} values for "${parameter.name}", got ${values.length}`);
    }
    return { ...parameter, values };
  });
  return { shape, parameters };
}
