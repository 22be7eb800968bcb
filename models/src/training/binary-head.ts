import * as tf from '@tensorflow/tfjs-core';
import type { Head } from './head.js';

/**
 * Yes or no: one output, the log odds; cross-entropy.
 *
 * @param labels 1 or 0 per row
 * @param targets what is trained towards, 0 to 1 per row, where that is not the labels themselves; validation keeps to the labels
 */
export function binaryHead(labels: ArrayLike<number>, targets: ArrayLike<number> = labels): Head {
  const positives = Array.from(labels).reduce((sum, label) => sum + label, 0);
  const rate = Math.min(1 - 1e-3, Math.max(1e-3, positives / Math.max(1, labels.length)));
  return {
    outputs: 1,
    initialBias: [Math.log(rate / (1 - rate))],
    loss: (outputs, rows) => {
      const logits = outputs[0] as tf.Tensor2D;
      const wanted = tf.tensor2d(
        Float32Array.from(rows, (row) => targets[row] ?? 0),
        [rows.length, 1],
      );
      // softplus(z) - y z is the cross-entropy, without overflow for large |z|.
      const stable = tf.add(tf.relu(logits), tf.log1p(tf.exp(tf.neg(tf.abs(logits)))));
      return tf.mean(tf.sub(stable, tf.mul(logits, wanted)));
    },
    validationLoss: (predictions, rows) => {
      let sum = 0;
      rows.forEach((row, i) => {
        const logit = predictions[i] ?? 0;
        sum += Math.max(0, logit) + Math.log1p(Math.exp(-Math.abs(logit))) - logit * (labels[row] ?? 0);
      });
      return sum / Math.max(1, rows.length);
    },
  };
}
