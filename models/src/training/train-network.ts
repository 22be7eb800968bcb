import * as tf from '@tensorflow/tfjs-core';
import { loadBackend } from '../backends/load-backend.js';
import { type EncodedRows, writeInputs } from '../networks/encode-rows.js';
import { ensembleForward } from '../networks/ensemble-forward.js';
import { type EnsembleShape, initialParameters, type Parameter } from '../networks/ensemble-shape.js';
import { AdamW } from './adam-w.js';
import type { Head } from './head.js';
import { inputStatistics } from './input-statistics.js';
import { type SeededRandom, seededRandom, shuffledIndices } from './seeded-random.js';

/** How a network is shaped and trained. One set of defaults serves every table. */
export interface TrainingRecipe {
  readonly members: number;
  readonly hidden: number;
  readonly layers: number;
  /** Most rows per step; fewer for small tables, so that an epoch has at least about 16 steps. */
  readonly batchRows: number;
  readonly learningRate: number;
  readonly weightDecay: number;
  /** Share of hidden units dropped in each step, 0 to below 1. */
  readonly dropout: number;
  readonly maxEpochs: number;
  /** Epochs without a better validation loss before training stops. */
  readonly patience: number;
}

export const DEFAULT_RECIPE: TrainingRecipe = {
  members: 8,
  hidden: 64,
  layers: 2,
  batchRows: 256,
  learningRate: 2e-3,
  weightDecay: 0.05,
  dropout: 0.2,
  maxEpochs: 60,
  patience: 6,
};

export interface NetworkData {
  readonly encoded: EncodedRows;
  readonly head: Head;
  readonly trainRows: Int32Array;
  readonly validationRows: Int32Array;
}

export interface TrainControl {
  readonly recipe: TrainingRecipe;
  readonly seed: number;
  /** Milliseconds left, read after every epoch; training stops at the best epoch so far when none are. */
  readonly remainingMs?: () => number;
  readonly onEpoch?: (epoch: { readonly epoch: number; readonly validationLoss: number }) => void;
  readonly signal?: AbortSignal;
}

export interface TrainedNetwork {
  readonly shape: EnsembleShape;
  readonly parameters: readonly Parameter[];
  readonly validationLoss: number;
  readonly epochs: number;
  /** True when the time ran out before early stopping: another run may then stop elsewhere. */
  readonly outOfTime: boolean;
}

/**
 * Trains one ensemble with AdamW and early stopping on the validation rows, and keeps the best epoch.
 * Deterministic for a seed on one backend, as long as the time doesn't run out.
 */
export async function trainNetwork(data: NetworkData, control: TrainControl): Promise<TrainedNetwork> {
  await loadBackend();
  const { recipe } = control;
  const random = seededRandom(control.seed);
  const shape: EnsembleShape = {
    inputs: data.encoded.width,
    members: recipe.members,
    hidden: recipe.hidden,
    layers: recipe.layers,
    outputs: data.head.outputs,
  };
  const parameters = initialParameters(shape, inputStatistics(data.encoded, data.trainRows), random.fork(1));
  const biases = parameters.at(-1)?.values;
  data.head.initialBias.forEach((bias, output) => {
    biases?.fill(bias, output * shape.members, (output + 1) * shape.members);
  });
  const optimizer = new AdamW(parameters, recipe);

  let best = parameters.map(({ values }) => values.slice());
  let bestLoss = Number.POSITIVE_INFINITY;
  let sinceBest = 0;
  let epoch = 0;
  let outOfTime = false;
  while (epoch < recipe.maxEpochs && sinceBest < recipe.patience && !outOfTime) {
    control.signal?.throwIfAborted();
    runEpoch({ data, shape, parameters, optimizer, recipe, random: random.fork(100 + epoch) });
    epoch += 1;
    const predictions = predictNetwork({ shape, parameters }, data.encoded, data.validationRows);
    const validationLoss = data.head.validationLoss(predictions, data.validationRows);
    if (validationLoss < bestLoss - 1e-5) {
      bestLoss = validationLoss;
      best = parameters.map(({ values }) => values.slice());
      sinceBest = 0;
    } else {
      sinceBest += 1;
    }
    control.onEpoch?.({ epoch, validationLoss });
    outOfTime = (control.remainingMs?.() ?? 1) <= 0;
    await new Promise((resolve) => setImmediate(resolve));
  }
  parameters.forEach(({ values }, i) => {
    values.set(best[i] ?? values);
  });
  return { shape, parameters, validationLoss: bestLoss, epochs: epoch, outOfTime };
}

interface EpochInput {
  readonly data: NetworkData;
  readonly shape: EnsembleShape;
  readonly parameters: readonly Parameter[];
  readonly optimizer: AdamW;
  readonly recipe: TrainingRecipe;
  readonly random: SeededRandom;
}

function runEpoch({ data, shape, parameters, optimizer, recipe, random }: EpochInput): void {
  const order = shuffledIndices(data.trainRows.length, random);
  const batchRows = Math.min(recipe.batchRows, Math.max(32, Math.ceil(order.length / 16)));
  const shuffled = Int32Array.from(order, (i) => data.trainRows[i] ?? 0);
  for (let start = 0; start < shuffled.length; start += batchRows) {
    const rows = shuffled.subarray(start, start + batchRows);
    if (rows.length < Math.min(16, shuffled.length)) {
      break; // a tiny last batch is mostly noise
    }
    const inputs = new Float32Array(rows.length * data.encoded.width);
    writeInputs(data.encoded, rows, inputs);
    let gradients: Float32Array[] = [];
    tf.tidy(() => {
      const batch = tf.tensor2d(inputs, [rows.length, data.encoded.width]);
      const masks = dropoutMasks({ shape, rows: rows.length, share: recipe.dropout, random });
      const gradient = tf.grads((...tensors: tf.Tensor[]) =>
        data.head.loss(ensembleForward(shape, { inputs: batch, parameters: tensors }, masks), rows),
      );
      const tensors = parameters.map(({ values, shape: dimensions }) => tf.tensor(values, [...dimensions]));
      // Not returned: tidy walks what is returned, number by number.
      gradients = gradient(tensors).map((tensor) => tensor.dataSync() as Float32Array);
    });
    optimizer.apply(gradients);
  }
}

interface MaskInput {
  readonly shape: EnsembleShape;
  readonly rows: number;
  readonly share: number;
  readonly random: SeededRandom;
}

function dropoutMasks({ shape, rows, share, random }: MaskInput): { masks?: tf.Tensor2D[] } {
  if (share <= 0) {
    return {};
  }
  const units = shape.members * shape.hidden;
  const kept = 1 / (1 - share);
  const masks = Array.from({ length: shape.layers }, () => {
    const values = new Float32Array(rows * units);
    for (let i = 0; i < values.length; i += 1) {
      values[i] = random.uniform() < share ? 0 : kept;
    }
    return tf.tensor2d(values, [rows, units]);
  });
  return { masks };
}

const PREDICT_BATCH = 1024;

/** Raw outputs, averaged over the ensemble's members: `rows.length x outputs`, row-major. */
export function predictNetwork(
  network: Pick<TrainedNetwork, 'shape' | 'parameters'>,
  encoded: EncodedRows,
  rows: Int32Array,
): Float32Array {
  const { shape } = network;
  const result = new Float32Array(rows.length * shape.outputs);
  for (let start = 0; start < rows.length; start += PREDICT_BATCH) {
    const part = rows.subarray(start, start + PREDICT_BATCH);
    const inputs = new Float32Array(part.length * encoded.width);
    writeInputs(encoded, part, inputs);
    tf.tidy(() => {
      const parameters = network.parameters.map(({ values, shape: dimensions }) =>
        tf.tensor(values, [...dimensions]),
      );
      const batch = tf.tensor2d(inputs, [part.length, encoded.width]);
      const outputs = ensembleForward(shape, { inputs: batch, parameters });
      const means = tf.stack(
        outputs.map((output) => tf.mean(output, 1)),
        1,
      );
      result.set(means.dataSync(), start * shape.outputs);
    });
  }
  return result;
}
