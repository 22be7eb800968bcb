// Kernel over typed arrays whose sizes follow from the shape.
import type { EnsembleShape, Parameter } from './ensemble-shape.js';

/** `relu(inputs x weights + bias)`, without relu in the last layer. `weights` is `inputs x outputs`, row-major. */
export interface Dense {
  readonly inputs: number;
  readonly outputs: number;
  readonly weights: Float32Array;
  readonly bias: Float32Array;
}

/** One member of an ensemble as an ordinary perceptron. */
export interface MemberNetwork {
  readonly denses: readonly Dense[];
}

/** Multiplies the members' scales into the shared weights, so that each member stands alone. */
export function membersOf(network: {
  readonly shape: EnsembleShape;
  readonly parameters: readonly Parameter[];
}): MemberNetwork[] {
  const { shape } = network;
  const { inputs, hidden, members, outputs } = shape;
  const units = members * hidden;
  const values = new Map(network.parameters.map((parameter) => [parameter.name, parameter.values]));
  const read = (name: string): Float32Array => {
    const found = values.get(name);
    if (found === undefined) {
      throw new Error(`Expected a parameter "${name}" in the network`);
    }
    return found;
  };
  return Array.from({ length: members }, (_, member) => {
    const from = member * hidden;
    const denses: Dense[] = [];
    const first = new Float32Array(inputs * hidden);
    for (let input = 0; input < inputs; input += 1) {
      const start = input * units + from;
      first.set(read('first/weights').subarray(start, start + hidden), input * hidden);
    }
    denses.push({
      inputs,
      outputs: hidden,
      weights: first,
      bias: read('first/bias').slice(from, from + hidden),
    });
    for (let layer = 1; layer < shape.layers; layer += 1) {
      const shared = read(`shared${layer}/weights`);
      const scaleIn = read(`shared${layer}/in`);
      const scaleOut = read(`shared${layer}/out`);
      const weights = Float32Array.from(shared, (weight, i) => {
        const row = Math.floor(i / hidden);
        return weight * (scaleIn[from + row] as number) * (scaleOut[from + (i % hidden)] as number);
      });
      const bias = read(`shared${layer}/bias`).slice(from, from + hidden);
      denses.push({ inputs: hidden, outputs: hidden, weights, bias });
    }
    const last = new Float32Array(hidden * outputs);
    const lastBias = new Float32Array(outputs);
    for (let output = 0; output < outputs; output += 1) {
      const weights = read(`output${output}/weights`);
      for (let unit = 0; unit < hidden; unit += 1) {
        last[unit * outputs + output] = weights[from + unit] as number;
      }
      lastBias[output] = read('output/bias')[output * members + member] as number;
    }
    denses.push({ inputs: hidden, outputs, weights: last, bias: lastBias });
    return { denses };
  });
}
