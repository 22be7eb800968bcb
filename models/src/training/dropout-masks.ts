import * as tf from '@tensorflow/tfjs-core';
import type { SeededRandom } from './seeded-random.js';

/** Gives `[rows, units]` tensors of 0 (dropped) and `1 / (1 - share)` (kept). */
export type DropoutMasks = (rows: number, units: number) => tf.Tensor2D;

const EXTRA = 1 << 20;

/**
 * Masks cut at random places out of one long strip of random drops: drawing every mask anew would take longer than
 * the layer it is for.
 *
 * @param share of units dropped, 0 to below 1
 * @param largest numbers in the largest mask that will be asked for
 */
export function dropoutMasks(share: number, largest: number, random: SeededRandom): DropoutMasks {
  const kept = 1 / (1 - share);
  const strip = new Float32Array(largest + EXTRA);
  for (let i = 0; i < strip.length; i += 1) {
    strip[i] = random.uniform() < share ? 0 : kept;
  }
  return (rows, units) => {
    const start = random.below(strip.length - rows * units + 1);
    return tf.tensor2d(strip.subarray(start, start + rows * units), [rows, units]);
  };
}
