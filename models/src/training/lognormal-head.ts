import * as tf from '@tensorflow/tfjs-core';
import { softplus } from '../calibration/calibrator.js';
import type { Head } from './head.js';

/** Smallest spread of the logarithm: keeps equal amounts from an endless likelihood. */
const MIN_SIGMA = 0.05;

/**
 * Amounts that are often zero and otherwise long-tailed (customer value): the zero-inflated lognormal loss of
 * Wang et al. 2019. Three outputs: log odds of any amount, mean and (before softplus) spread of its logarithm.
 *
 * @param amounts zero or more, per row
 */
export function lognormalHead(amounts: ArrayLike<number>): Head {
  const logs = Array.from(amounts)
    .filter((amount) => amount > 0)
    .map(Math.log);
  const share = Math.min(0.99, Math.max(0.01, logs.length / Math.max(1, amounts.length)));
  const mean = logs.reduce((sum, log) => sum + log, 0) / Math.max(1, logs.length);
  const variance = logs.reduce((sum, log) => sum + (log - mean) ** 2, 0) / Math.max(1, logs.length);
  const sigma = Math.max(0.2, Math.sqrt(variance));
  return {
    outputs: 3,
    initialBias: [Math.log(share / (1 - share)), mean, Math.log(Math.expm1(sigma))],
    loss: (outputs, rows) => {
      const [logits, means, spreads] = outputs as readonly [tf.Tensor2D, tf.Tensor2D, tf.Tensor2D];
      const column = (read: (amount: number) => number): tf.Tensor2D =>
        tf.tensor2d(
          Float32Array.from(rows, (row) => read(amounts[row] ?? 0)),
          [rows.length, 1],
        );
      const any = column((amount) => (amount > 0 ? 1 : 0));
      const log = column((amount) => (amount > 0 ? Math.log(amount) : 0));
      const sigmas = tf.add(stableSoftplus(spreads), MIN_SIGMA);
      const scaled = tf.div(tf.sub(log, means), sigmas);
      const density = tf.add(tf.log(sigmas), tf.mul(0.5, tf.square(scaled)));
      const classification = tf.sub(stableSoftplus(logits), tf.mul(logits, any));
      return tf.mean(tf.add(classification, tf.mul(any, density)));
    },
    validationLoss: (predictions, rows) => {
      let sum = 0;
      rows.forEach((row, i) => {
        const amount = amounts[row] ?? 0;
        const [logit = 0, mu = 0, spread = 0] = predictions.subarray(i * 3, i * 3 + 3);
        sum += softplus(logit);
        if (amount > 0) {
          const deviation = softplus(spread) + MIN_SIGMA;
          sum += Math.log(deviation) + 0.5 * ((Math.log(amount) - mu) / deviation) ** 2 - logit;
        }
      });
      return sum / Math.max(1, rows.length);
    },
  };
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

function stableSoftplus(values: tf.Tensor2D): tf.Tensor2D {
  return tf.add(tf.relu(values), tf.log1p(tf.exp(tf.neg(tf.abs(values)))));
}
