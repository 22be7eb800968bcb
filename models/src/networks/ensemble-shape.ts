import { z } from 'zod';
import type { SeededRandom } from '../training/seeded-random.js';

/**
 * An ensemble of `members` perceptrons in one network. The first layer and the output weights are each member's own;
 * the layers between share their weights, scaled per member on the way in and out (BatchEnsemble, Wen et al. 2020;
 * TabM, Gorishniy et al. 2024). Sharing costs little, trains in one pass and regularises.
 */
export const ensembleShapeSchema = z.object({
  inputs: z.int().min(1),
  members: z.int().min(1),
  hidden: z.int().min(1),
  /** Hidden layers, the first included. */
  layers: z.int().min(1),
  /** Numbers per row and member: 1 for a yes/no, more for heads with several parameters. */
  outputs: z.int().min(1),
});

export type EnsembleShape = z.infer<typeof ensembleShapeSchema>;

export interface Parameter {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array;
  /** Whether weight decay pulls it to zero. */
  readonly decays: boolean;
}

/** Names and shapes of the parameters, in the order in which they are stored. */
export function parameterShapes(shape: EnsembleShape): { name: string; shape: number[]; decays: boolean }[] {
  const { inputs, members, hidden, outputs } = shape;
  const units = members * hidden;
  const shapes = [
    { name: 'first/weights', shape: [inputs, units], decays: true },
    { name: 'first/bias', shape: [1, units], decays: false },
  ];
  for (let layer = 1; layer < shape.layers; layer += 1) {
    shapes.push(
      { name: `shared${layer}/in`, shape: [1, units], decays: false },
      { name: `shared${layer}/weights`, shape: [hidden, hidden], decays: true },
      { name: `shared${layer}/out`, shape: [1, units], decays: false },
      { name: `shared${layer}/bias`, shape: [1, units], decays: false },
    );
  }
  for (let output = 0; output < outputs; output += 1) {
    shapes.push({ name: `output${output}/weights`, shape: [1, units], decays: true });
  }
  shapes.push({ name: 'output/bias', shape: [outputs, members], decays: false });
  return shapes;
}

export interface InputStatistics {
  /** Mean of each network input over the training rows. */
  readonly means: Float32Array;
  /** Mean squared distance of a row's inputs from the means. */
  readonly spread: number;
}

/**
 * Fresh parameters: He initialisation, with the spread of the inputs in place of their number, because one-hot and
 * piecewise inputs are mostly constant; the first bias takes the mean out, so that units start centred.
 */
export function initialParameters(
  shape: EnsembleShape,
  statistics: InputStatistics,
  random: SeededRandom,
): Parameter[] {
  const { inputs, hidden, members } = shape;
  const units = hidden * members;
  const firstScale = Math.sqrt(2 / Math.max(1e-3, statistics.spread));
  const parameters = parameterShapes(shape).map(({ name, shape: dimensions, decays }): Parameter => {
    const values = new Float32Array(dimensions.reduce((product, size) => product * size, 1));
    if (name === 'first/weights') {
      fillNormal(values, firstScale, random);
    } else if (name.endsWith('/weights')) {
      fillNormal(values, Math.sqrt((name.startsWith('output') ? 1 : 2) / hidden), random);
    } else if (name.endsWith('/in')) {
      fillNormal(values, 0.5, random);
      values.forEach((value, i) => {
        values[i] = 1 + value;
      });
    } else if (name.endsWith('/out')) {
      values.fill(1);
    }
    return { name, shape: dimensions, values, decays };
  });
  const weights = parameters[0]?.values ?? new Float32Array(0);
  const bias = parameters[1]?.values ?? new Float32Array(0);
  for (let input = 0; input < inputs; input += 1) {
    const mean = statistics.means[input] ?? 0;
    for (let unit = 0; unit < units; unit += 1) {
      bias[unit] = (bias[unit] ?? 0) - mean * (weights[input * units + unit] ?? 0);
    }
  }
  return parameters;
}

function fillNormal(values: Float32Array, scale: number, random: SeededRandom): void {
  for (let i = 0; i < values.length; i += 1) {
    values[i] = scale * random.normal();
  }
}
