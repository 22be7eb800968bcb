import type * as tf from '@tensorflow/tfjs-core';

/**
 * What a network's outputs mean and how they are scored. A head reads the targets of rows from its own arrays, so
 * that any kind of target fits the same training loop.
 */
export interface Head {
  /** Numbers per row and ensemble member. */
  readonly outputs: number;
  /** Starting values of the output biases, e.g. the log odds of the base rate. */
  readonly initialBias: readonly number[];
  /**
   * Mean loss over rows and members, as a scalar tensor.
   * @param outputs one `[rows, members]` tensor per output
   * @param rows which rows of the training data these are
   */
  loss(outputs: readonly tf.Tensor2D[], rows: Int32Array): tf.Scalar;
  /**
   * The loss of finished predictions, lower is better: what early stopping watches.
   * @param predictions `rows.length x outputs`, row-major, averaged over members
   */
  validationLoss(predictions: Float32Array, rows: Int32Array): number;
}
