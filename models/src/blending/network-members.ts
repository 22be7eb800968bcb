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
  const shape = {
    inputs: first.inputs,
    members: 1,
    hidden: first.outputs,
    layers: denses.length - 1,
    outputs: 1,
  };
  return stored(shape, (name) => {
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
      case 'output0/weights':
        return last.weights.map((weight) => weight * factor);
      case 'output/bias':
        return last.bias.map((bias) => bias * factor);
      default:
        return 1;
    }
  });
}

/**
 * Linear log odds as a network of the same form: one unit carries them where they are above 0, another where they are
 * below, and the layers in between hand both on.
 */
export function linearMember(
  { weights, intercept }: LinearLogit,
  { hidden, layers }: Pick<EnsembleShape, 'hidden' | 'layers'>,
  factor: number,
): StoredNetwork {
  if (hidden < 2) {
    throw new Error(`Expected at least 2 hidden units to carry a linear model, got ${hidden}`);
  }
  const shape = { inputs: weights.length, members: 1, hidden, layers, outputs: 1 };
  return stored(shape, (name, size) => {
    const values = new Float32Array(size);
    if (name === 'first/weights') {
      weights.forEach((weight, input) => {
        values[input * hidden] = weight;
        values[input * hidden + 1] = -weight;
      });
    } else if (name === 'first/bias') {
      values.set([intercept, -intercept]);
    } else if (name.endsWith('/in') || name.endsWith('/out')) {
      values.fill(1);
    } else if (name.startsWith('shared') && name.endsWith('/weights')) {
      values[0] = 1;
      values[hidden + 1] = 1;
    } else if (name === 'output0/weights') {
      values.set([factor, -factor]);
    }
    return values;
  });
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
