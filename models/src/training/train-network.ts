import * as tf from '@tensorflow/tfjs-core';
import { loadBackend } from '../backends/load-backend.js';
import { type EncodedRows, writeInputs } from '../networks/encode-rows.js';
import { ensembleForward } from '../networks/ensemble-forward.js';
import { type EnsembleShape, initialParameters, type Parameter } from '../networks/ensemble-shape.js';
import { AdamW } from './adam-w.js';
import { type DropoutMasks, dropoutMasks } from './dropout-masks.js';
import type { Head } from './head.js';
import { inputStatistics } from './input-statistics.js';
import { RunningMean } from './running-mean.js';
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
  /** Part of the past kept per step in the running mean of the weights, which is what is validated and served. */
  readonly averaging: number;
  readonly maxEpochs: number;
  /** Epochs without a better validation loss before training stops. */
  readonly patience: number;
  /**
   * Size of the first output weights, 1 = as large as a unit's usual. Near 0 the network starts at the mean for
   * everybody; else at a random function of its inputs, which few and noisy rows take long to unlearn.
   */
  readonly startingSpread: number;
}

export const DEFAULT_RECIPE: TrainingRecipe = {
  members: 4,
  hidden: 64,
  layers: 3,
  batchRows: 500,
  learningRate: 2e-3,
  weightDecay: 1,
  dropout: 0.4,
  averaging: 0.99,
  maxEpochs: 80,
  patience: 6,
  startingSpread: 1,
};

export interface NetworkData {
  readonly encoded: EncodedRows;
  readonly head: Head;
  readonly trainRows: Int32Array;
  /** Watched by early stopping. */
  readonly validationRows: Int32Array;
}

export interface TrainControl {
  readonly recipe: TrainingRecipe;
  /** Trains exactly so many epochs, without looking at validation rows: for a final fit on all rows. */
  readonly epochs?: number | undefined;
  readonly seed: number;
  /** Milliseconds left, read after every epoch; training stops at the best epoch so far when none are. */
  readonly remainingMs?: () => number;
  readonly onEpoch?: (epoch: { readonly epoch: number; readonly validationLoss: number }) => void;
  readonly signal?: AbortSignal;
}

export interface TrainedNetwork {
  readonly shape: EnsembleShape;
  readonly parameters: readonly Parameter[];
  /** NaN when nothing was validated. */
  readonly validationLoss: number;
  /** Epochs after which the kept parameters stood. */
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
  for (const { name, values } of parameters) {
    if (name.startsWith('output') && name.endsWith('/weights')) {
      values.forEach((weight, i) => {
        values[i] = weight * recipe.startingSpread;
      });
    }
  }
  const biases = parameters.at(-1)?.values;
  data.head.initialBias.forEach((bias, output) => {
    biases?.fill(bias, output * shape.members, (output + 1) * shape.members);
  });
  const optimizer = new AdamW(parameters, recipe);

  const largest = recipe.batchRows * shape.members * shape.hidden;
  const dropout = dropoutMasks(recipe.dropout, largest, random.fork(2));

  const averaged = new RunningMean(parameters, recipe.averaging);
  let best = { loss: Number.NaN, epoch: 0, values: parameters.map(({ values }) => values.slice()) };
  const most = control.epochs ?? recipe.maxEpochs;
  let epoch = 0;
  let outOfTime = false;
  while (epoch < most && !outOfTime) {
    control.signal?.throwIfAborted();
    runEpoch({
      data,
      shape,
      parameters,
      averaged,
      optimizer,
      recipe,
      dropout,
      random: random.fork(100 + epoch),
    });
    epoch += 1;
    const loss =
      control.epochs === undefined ? validate(data, { shape, parameters: averaged.parameters }) : Number.NaN;
    if (control.epochs !== undefined || !(loss >= best.loss - SMALLEST_GAIN)) {
      best = { loss, epoch, values: averaged.parameters.map(({ values }) => values.slice()) };
    }
    control.onEpoch?.({ epoch, validationLoss: loss });
    outOfTime = (control.remainingMs?.() ?? 1) <= 0;
    await new Promise((resolve) => setImmediate(resolve));
    if (control.epochs === undefined && epoch - best.epoch >= recipe.patience) {
      break;
    }
  }
  parameters.forEach(({ values }, i) => {
    values.set(best.values[i] ?? values);
  });
  return {
    shape,
    parameters,
    validationLoss: best.loss,
    epochs: best.epoch,
    outOfTime: outOfTime && epoch < most,
  };
}

/** A smaller fall of the validation loss counts as none. */
const SMALLEST_GAIN = 1e-5;

function validate(data: NetworkData, network: Pick<TrainedNetwork, 'shape' | 'parameters'>): number {
  const predictions = predictNetwork(network, data.encoded, data.validationRows);
  return data.head.validationLoss(predictions, data.validationRows);
}

interface EpochInput {
  readonly data: NetworkData;
  readonly shape: EnsembleShape;
  readonly parameters: readonly Parameter[];
  readonly averaged: RunningMean;
  readonly optimizer: AdamW;
  readonly recipe: TrainingRecipe;
  readonly dropout: DropoutMasks;
  readonly random: SeededRandom;
}

function runEpoch({
  data,
  shape,
  parameters,
  averaged,
  optimizer,
  recipe,
  dropout,
  random,
}: EpochInput): void {
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
      const masks =
        recipe.dropout === 0
          ? []
          : Array.from({ length: shape.layers }, () => dropout(rows.length, shape.members * shape.hidden));
      const gradient = tf.grads((...tensors: tf.Tensor[]) =>
        data.head.loss(
          ensembleForward(
            shape,
            { inputs: batch, parameters: tensors },
            { dropout: { masks, kept: 1 / (1 - recipe.dropout) } },
          ),
          rows,
        ),
      );
      const tensors = parameters.map(({ values, shape: dimensions }) => tf.tensor(values, [...dimensions]));
      // Not returned: tidy walks what is returned, number by number.
      gradients = gradient(tensors).map((tensor) => tensor.dataSync() as Float32Array);
    });
    optimizer.apply(gradients);
    averaged.add(parameters);
  }
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
