import * as tf from '@tensorflow/tfjs-core';
import { softplus } from '../calibration/calibrator.js';
import type { AmountTargets } from './amount-targets.js';
import type { Head } from './head.js';

/** Smallest spread of the logarithm: keeps equal amounts from an endless likelihood. */
const MIN_SIGMA = 0.05;

/**
 * Amounts that are often zero and otherwise long-tailed (customer value): the zero-inflated lognormal loss of
 * Wang et al. 2019. Three outputs: log odds of any amount, mean and (before softplus) spread of its logarithm.
 */
export function lognormalHead(targets: AmountTargets): Head {
  const { any, mean, variance } = targets;
  const { share, mean: middle, deviation } = amountStatistics(targets);
  return {
    outputs: 3,
    initialBias: [Math.log(share / (1 - share)), middle, spreadOf(Math.max(0.2, deviation))],
    loss: (outputs, rows) => {
      const [logits, means, spreads] = outputs as readonly [tf.Tensor2D, tf.Tensor2D, tf.Tensor2D];
      const column = (values: Float64Array): tf.Tensor2D =>
        tf.tensor2d(
          Float32Array.from(rows, (row) => values[row] ?? 0),
          [rows.length, 1],
        );
      const some = column(any);
      const sigmas = tf.add(stableSoftplus(spreads), MIN_SIGMA);
      const squared = tf.add(tf.square(tf.sub(column(mean), means)), column(variance));
      const density = tf.add(tf.log(sigmas), tf.mul(0.5, tf.div(squared, tf.square(sigmas))));
      const classification = tf.sub(stableSoftplus(logits), tf.mul(logits, some));
      return tf.mean(tf.add(classification, tf.mul(some, density)));
    },
    validationLoss: (predictions, rows) => {
      let sum = 0;
      rows.forEach((row, i) => {
        sum += lognormalLoss(targets, row, predictions.subarray(i * 3, i * 3 + 3));
      });
      return sum / Math.max(1, rows.length);
    },
  };
}

/** Negative log likelihood of a row's target, up to a constant. */
export function lognormalLoss(
  { any, mean, variance }: AmountTargets,
  row: number,
  [logit = 0, mu = 0, spread = 0]: Iterable<number> & ArrayLike<number>,
): number {
  const share = any[row] ?? 0;
  const deviation = softplus(spread) + MIN_SIGMA;
  const squared = ((mean[row] ?? 0) - mu) ** 2 + (variance[row] ?? 0);
  const density = share === 0 ? 0 : share * (Math.log(deviation) + (0.5 * squared) / deviation ** 2);
  return softplus(logit) - share * logit + density;
}

/** The third output for a standard deviation of the logarithm. */
export function spreadOf(deviation: number): number {
  return Math.log(Math.expm1(Math.max(1e-3, deviation - MIN_SIGMA)));
}

/** What the three outputs mean: the probability of any amount, and the expected amount. */
export function lognormalMoments(
  outputs: ArrayLike<number>,
  at: number,
): { probability: number; expected: number } {
  const logit = outputs[at] ?? 0;
  const probability = 1 / (1 + Math.exp(-logit));
  const sigma = softplus(outputs[at + 2] ?? 0) + MIN_SIGMA;
  return { probability, expected: probability * Math.exp((outputs[at + 1] ?? 0) + (sigma * sigma) / 2) };
}

function amountStatistics({ any, mean, variance }: AmountTargets): {
  readonly share: number;
  readonly mean: number;
  readonly deviation: number;
} {
  const total = any.reduce((sum, share) => sum + share, 0);
  const over = (read: (row: number) => number) =>
    any.reduce((sum, share, row) => sum + (share === 0 ? 0 : share * read(row)), 0) / Math.max(1e-9, total);
  const middle = over((row) => mean[row] ?? 0);
  const squared = over((row) => ((mean[row] ?? 0) - middle) ** 2 + (variance[row] ?? 0));
  const share = Math.min(0.99, Math.max(0.01, total / Math.max(1, any.length)));
  return { share, mean: middle, deviation: Math.sqrt(squared) };
}

function stableSoftplus(values: tf.Tensor2D): tf.Tensor2D {
  return tf.add(tf.relu(values), tf.log1p(tf.exp(tf.neg(tf.abs(values)))));
}
