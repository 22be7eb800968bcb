import * as tf from '@tensorflow/tfjs-core';
import type { EnsembleShape } from './ensemble-shape.js';
import { fastDropRelu, fastFirstLayer, fastMatMul, fastScale, fastScaleShift } from './fast-dense.js';

export interface ForwardOptions {
  /** Dropout: per hidden layer a `[rows, units]` tensor of 0 or `kept`; none when predicting. */
  readonly dropout?: { readonly masks: readonly tf.Tensor2D[]; readonly kept: number };
}

/**
 * The network's raw outputs for a batch, one `[rows, members]` tensor per output.
 *
 * @param parameters in the order of `parameterShapes`.
 */
export function ensembleForward(
  shape: EnsembleShape,
  input: { readonly inputs: tf.Tensor2D; readonly parameters: readonly tf.Tensor[] },
  options: ForwardOptions = {},
): tf.Tensor2D[] {
  const { members, hidden } = shape;
  const units = members * hidden;
  const rows = input.inputs.shape[0];
  let next = 0;
  const take = (): tf.Tensor2D => {
    const parameter = input.parameters[next];
    if (parameter === undefined) {
      throw new Error(`Expected more than ${next} parameters for ${JSON.stringify(shape)}`);
    }
    next += 1;
    return parameter as tf.Tensor2D;
  };
  const activate = (values: tf.Tensor2D, layer: number): tf.Tensor2D => {
    const mask = options.dropout?.masks[layer];
    return mask === undefined ? tf.relu(values) : fastDropRelu(values, mask, options.dropout?.kept ?? 1);
  };

  const firstWeights = take();
  let state = activate(fastFirstLayer(input.inputs, firstWeights, take()), 0);
  for (let layer = 1; layer < shape.layers; layer += 1) {
    const scaleIn = take();
    const weights = take();
    const scaled = tf.reshape(fastScale(state, scaleIn), [rows * members, hidden]);
    const product = tf.reshape(fastMatMul(scaled as tf.Tensor2D, weights), [rows, units]) as tf.Tensor2D;
    const scaleOut = take();
    state = activate(fastScaleShift(product, scaleOut, take()), layer);
  }
  const outputWeights = Array.from({ length: shape.outputs }, take);
  const biases = take();
  return outputWeights.map((weights, output) => {
    const weighted = tf.reshape(fastScale(state, weights), [rows * members, hidden]) as tf.Tensor2D;
    const sums = tf.reshape(fastMatMul(weighted, tf.ones([hidden, 1])), [rows, members]) as tf.Tensor2D;
    return tf.add(sums, tf.slice(biases, [output, 0], [1, members]));
  });
}
