// Kernel over typed arrays: rows and inputs are below the sizes of the encoding.
import { sigmoid, softplus } from '../calibration/calibrator.js';
import { encodeRows } from '../networks/encode-rows.js';
import type { FeatureEncoding } from '../networks/feature-encoding.js';
import { fitEncoding } from '../networks/fit-encoding.js';
import type { Table } from '../tables/table.js';
import { minimise } from './minimise.js';

/** Something that gives probabilities for rows: what a network must beat. */
export interface Baseline {
  predict(table: Table): Float64Array;
}

/** The share of positives in training, for everyone. @param labels 1 or 0 per row */
export function fitBaseRate(labels: ArrayLike<number>): Baseline {
  const rate = Array.from(labels).reduce((sum, label) => sum + label, 0) / Math.max(1, labels.length);
  return { predict: (table) => new Float64Array(table.rows).fill(rate) };
}

/**
 * Logistic regression on standardised numbers (missing: the mean, and a flag) and one-hot categories, with a ridge
 * of 1 as scikit-learn's default, by L-BFGS.
 */
export function fitLogisticRegression(table: Table, labels: ArrayLike<number>, ridge = 1): Baseline {
  const encodings = fitEncoding(table, { bins: 1, levels: 64, minLevelRows: 1 });
  const rows = linearRows(table, encodings);
  const { width } = rows;
  const start = new Float64Array(width + 1);
  const weights = minimise(
    (point, gradient) => {
      gradient.fill(0);
      let loss = 0;
      for (let row = 0; row < table.rows; row += 1) {
        const logit = rows.product(row, point);
        const label = labels[row] as number;
        loss += softplus(logit) - label * logit;
        rows.accumulate(row, sigmoid(logit) - label, gradient);
      }
      for (let input = 0; input < width; input += 1) {
        loss += (ridge / 2) * (point[input] as number) ** 2;
        gradient[input] = (gradient[input] as number) + ridge * (point[input] as number);
      }
      return loss;
    },
    start,
    { maxIterations: 200, tolerance: 1e-4 * Math.sqrt(table.rows) },
  );
  return {
    predict: (other) => {
      const otherRows = linearRows(other, encodings);
      return Float64Array.from({ length: other.rows }, (_, row) => sigmoid(otherRows.product(row, weights)));
    },
  };
}

interface LinearRows {
  readonly width: number;
  product(row: number, weights: Float64Array): number;
  accumulate(row: number, factor: number, gradient: Float64Array): void;
}

/** Rows as sparse inputs: per feature one input with one value; the intercept is input `width`. */
function linearRows(table: Table, encodings: readonly FeatureEncoding[]): LinearRows {
  const encoded = encodeRows(table, encodings);
  const { features, width } = encoded;
  const inputs = features.map(({ encoding, slots }) => {
    const missing = encoding.offset + encoding.width - 1;
    return encoding.kind === 'categorical'
      ? slots.map((slot) => encoding.offset + slot)
      : slots.map((slot) => (slot < 0 ? missing : encoding.offset));
  });
  const values = features.map(({ encoding, slots, standard }) =>
    encoding.kind === 'categorical'
      ? new Float32Array(table.rows).fill(1)
      : Float32Array.from(slots, (slot, row) => (slot < 0 ? 1 : (standard[row] as number))),
  );
  return {
    width,
    product: (row, weights) => {
      let sum = weights[width] as number;
      for (let feature = 0; feature < features.length; feature += 1) {
        const input = (inputs[feature] as Int32Array)[row] as number;
        sum += ((values[feature] as Float32Array)[row] as number) * (weights[input] as number);
      }
      return sum;
    },
    accumulate: (row, factor, gradient) => {
      gradient[width] = (gradient[width] as number) + factor;
      for (let feature = 0; feature < features.length; feature += 1) {
        const input = (inputs[feature] as Int32Array)[row] as number;
        const change = factor * ((values[feature] as Float32Array)[row] as number);
        gradient[input] = (gradient[input] as number) + change;
      }
    },
  };
}
