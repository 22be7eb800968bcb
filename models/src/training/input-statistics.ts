import { type EncodedRows, writeInputs } from '../networks/encode-rows.js';
import type { InputStatistics } from '../networks/ensemble-shape.js';

const CHUNK = 512;

/** Means and spread of a network's inputs over the given rows. */
export function inputStatistics(encoded: EncodedRows, rows: Int32Array): InputStatistics {
  const { width } = encoded;
  const sums = new Float64Array(width);
  const squares = new Float64Array(width);
  const buffer = new Float32Array(CHUNK * width);
  for (let start = 0; start < rows.length; start += CHUNK) {
    const part = rows.subarray(start, start + CHUNK);
    writeInputs(encoded, part, buffer);
    for (let i = 0; i < part.length * width; i += 1) {
      const value = buffer[i] as number; // i is below CHUNK * width
      const input = i % width;
      sums[input] = (sums[input] as number) + value;
      squares[input] = (squares[input] as number) + value * value;
    }
  }
  const n = Math.max(1, rows.length);
  const means = Float32Array.from(sums, (sum) => sum / n);
  const spread = squares.reduce((total, square, i) => total + square / n - (means[i] as number) ** 2, 0);
  return { means, spread };
}
