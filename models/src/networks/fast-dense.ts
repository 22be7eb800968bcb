import * as tf from '@tensorflow/tfjs-core';

// On WASM only the plain product of two matrices takes the fast path (measured: 29 GFLOP/s against 1 for transposed
// or batched products), so these gradients transpose first instead of asking `matMul` to. Transposing is slow where
// rows are a power of two apart in memory; batches are therefore not of 256 or 512 rows.

/** `inputs x weights`, differentiable in both. */
export function fastMatMul(inputs: tf.Tensor2D, weights: tf.Tensor2D): tf.Tensor2D {
  return tf.customGrad<tf.Tensor2D>((...args) => {
    const a = args[0] as tf.Tensor2D;
    const b = args[1] as tf.Tensor2D;
    const save = args[2] as tf.GradSaveFunc;
    save([a, b]);
    return {
      value: tf.matMul(a, b),
      gradFunc: (dy, saved) => [
        tf.matMul(dy, tf.transpose(saved[1] as tf.Tensor2D)),
        tf.matMul(tf.transpose(saved[0] as tf.Tensor2D), dy),
      ],
    };
  })(inputs, weights);
}

/** `inputs x weights + bias` for inputs that need no gradient, as in a first layer. */
export function fastFirstLayer(inputs: tf.Tensor2D, weights: tf.Tensor2D, bias: tf.Tensor2D): tf.Tensor2D {
  return tf.customGrad<tf.Tensor2D>((...args) => {
    const w = args[0] as tf.Tensor2D;
    const b = args[1] as tf.Tensor2D;
    return {
      value: tf.add(tf.matMul(inputs, w), b),
      gradFunc: (dy) => [tf.matMul(tf.transpose(inputs), dy), tf.matMul(tf.ones([1, inputs.shape[0]]), dy)],
    };
  })(weights, bias);
}

/** `inputs * scale + shift`, each of the two one row that is applied to every row. */
export function fastScaleShift(inputs: tf.Tensor2D, scale: tf.Tensor2D, shift: tf.Tensor2D): tf.Tensor2D {
  return tf.customGrad<tf.Tensor2D>((...args) => {
    const x = args[0] as tf.Tensor2D;
    const s = args[1] as tf.Tensor2D;
    const t = args[2] as tf.Tensor2D;
    const save = args[3] as tf.GradSaveFunc;
    save([x, s]);
    return {
      value: tf.add(tf.mul(x, s), t),
      gradFunc: (dy, saved) => {
        return [
          tf.mul(dy, saved[1] as tf.Tensor2D),
          columnSums(tf.mul(dy, saved[0] as tf.Tensor2D)),
          columnSums(dy),
        ];
      },
    };
  })(inputs, scale, shift);
}

/** `inputs * scale`: as {@link fastScaleShift}, without the shift. */
export function fastScale(inputs: tf.Tensor2D, scale: tf.Tensor2D): tf.Tensor2D {
  return tf.customGrad<tf.Tensor2D>((...args) => {
    const x = args[0] as tf.Tensor2D;
    const s = args[1] as tf.Tensor2D;
    const save = args[2] as tf.GradSaveFunc;
    save([x, s]);
    return {
      value: tf.mul(x, s),
      gradFunc: (dy, saved) => [
        tf.mul(dy, saved[1] as tf.Tensor2D),
        columnSums(tf.mul(dy, saved[0] as tf.Tensor2D)),
      ],
    };
  })(inputs, scale);
}

/** Rectifies and drops units: `relu(inputs) * mask`, where the mask holds 0 (dropped) or `kept` for each unit. */
export function fastDropRelu(inputs: tf.Tensor2D, mask: tf.Tensor2D, kept: number): tf.Tensor2D {
  return tf.customGrad<tf.Tensor2D>((...args) => {
    const x = args[0] as tf.Tensor2D;
    const save = args[1] as tf.GradSaveFunc;
    const value = tf.mul<tf.Tensor2D>(tf.relu(x), mask);
    save([value]);
    return {
      value,
      // Where the result is positive, the unit was neither dropped nor negative.
      gradFunc: (dy, saved) => tf.mul(dy, tf.mul(tf.step(saved[0] as tf.Tensor2D), kept)),
    };
  })(inputs);
}

/** Sums over the rows, as `[1, columns]`: average pooling over the whole height is six times as fast as `tf.sum`. */
function columnSums(values: tf.Tensor2D): tf.Tensor2D {
  const [rows, columns] = values.shape;
  const image = tf.reshape(values, [1, rows, 1, columns]) as tf.Tensor4D;
  const means = tf.avgPool(image, [rows, 1], 1, 'valid');
  return tf.mul(tf.reshape(means, [1, columns]), rows);
}
