// Kernel over typed arrays: rows and inputs are below the sizes of the encoding.
import { sigmoid, softplus } from '../calibration/calibrator.js';
import type { EncodedRows } from '../networks/encode-rows.js';
import { minimise } from '../training/minimise.js';

/** Log odds (or a mean) that are linear in the standardised numbers, missing flags and categories of an encoding. */
export type LinearLogit = {
  /** One weight per network input; 0 for the bins of numbers. */
  readonly weights: Float64Array;
  readonly intercept: number;
};

/**
 * Penalty on the squared weights, against the sum of the log loss: one for all inputs, or one for numbers and their
 * missing flags and another for categories, which are few and may differ much.
 */
export type Ridge = number | { readonly numbers: number; readonly categories: number };

/**
 * Logistic regression with a ridge, by L-BFGS.
 *
 * @param labels 1 or 0 per row, or how probable a 1 is
 * @param rows which rows of `encoded` to fit
 */
export function fitRidge(
  encoded: EncodedRows,
  fit: { readonly labels: ArrayLike<number>; readonly rows: Int32Array; readonly ridge: Ridge },
): LinearLogit {
  const { labels } = fit;
  return fitLine(encoded, fit, {
    loss: (row, logit) => softplus(logit) - (labels[row] as number) * logit,
    slope: (row, logit) => sigmoid(logit) - (labels[row] as number),
  });
}

/**
 * Least squares with a ridge, by L-BFGS: the weights are those of a linear mean.
 *
 * @param counts how much each row counts, 0 or more
 */
export function fitRidgeMean(
  encoded: EncodedRows,
  fit: {
    readonly targets: ArrayLike<number>;
    readonly counts: ArrayLike<number>;
    readonly rows: Int32Array;
    readonly ridge: Ridge;
  },
): LinearLogit {
  const { targets, counts } = fit;
  return fitLine(encoded, fit, {
    loss: (row, mean) => 0.5 * (counts[row] as number) * (mean - (targets[row] as number)) ** 2,
    slope: (row, mean) => (counts[row] as number) * (mean - (targets[row] as number)),
  });
}

/** The loss of one row at a value of the line, and how it changes with the value. */
type RowLoss = {
  readonly loss: (row: number, value: number) => number;
  readonly slope: (row: number, value: number) => number;
};

function fitLine(
  encoded: EncodedRows,
  { rows, ridge }: { readonly rows: Int32Array; readonly ridge: Ridge },
  { loss, slope }: RowLoss,
): LinearLogit {
  const { width } = encoded;
  const penalties = penaltiesOf(encoded, ridge);
  const values = new Float64Array(rows.length);
  const best = minimise(
    (point, gradient) => {
      gradient.fill(0);
      writeLine({ encoded, rows, values }, point);
      let sum = 0;
      for (let i = 0; i < rows.length; i += 1) {
        const row = rows[i] as number;
        const value = values[i] as number;
        sum += loss(row, value);
        values[i] = slope(row, value);
      }
      accumulate({ encoded, rows, values }, gradient);
      for (let input = 0; input < width; input += 1) {
        const weight = point[input] as number;
        const penalty = penalties[input] as number;
        sum += (penalty / 2) * weight * weight;
        gradient[input] = (gradient[input] as number) + penalty * weight;
      }
      return sum;
    },
    new Float64Array(width + 1),
    { maxIterations: 150, tolerance: 1e-4 * Math.sqrt(rows.length) },
  );
  return { weights: best.slice(0, width), intercept: best[width] as number };
}

function penaltiesOf({ width, features }: EncodedRows, ridge: Ridge): Float64Array {
  if (typeof ridge === 'number') {
    return new Float64Array(width).fill(ridge);
  }
  const penalties = new Float64Array(width).fill(ridge.numbers);
  for (const { encoding } of features) {
    if (encoding.kind === 'categorical') {
      penalties.fill(ridge.categories, encoding.offset, encoding.offset + encoding.width);
    }
  }
  return penalties;
}

/** The log odds, or means, of the given rows. */
export function linearLogits(
  encoded: EncodedRows,
  { weights, intercept }: LinearLogit,
  rows: Int32Array,
): Float64Array {
  const point = new Float64Array(weights.length + 1);
  point.set(weights);
  point[weights.length] = intercept;
  const values = new Float64Array(rows.length);
  writeLine({ encoded, rows, values }, point);
  return values;
}

/** The mean of lines over the same inputs. */
export function meanOf(lines: readonly LinearLogit[]): LinearLogit {
  const average = (read: (line: LinearLogit) => number) =>
    lines.reduce((sum, line) => sum + read(line), 0) / lines.length;
  return {
    weights: Float64Array.from({ length: lines[0]?.weights.length ?? 0 }, (_, input) =>
      average(({ weights }) => weights[input] ?? 0),
    ),
    intercept: average(({ intercept }) => intercept),
  };
}

/** A number for each of some rows of an encoding. */
type RowValues = {
  readonly encoded: EncodedRows;
  readonly rows: Int32Array;
  readonly values: Float64Array;
};

/**
 * The line at each row. Feature by feature, as each lies together in memory. A linear model reads one input of a
 * feature: the number itself, its missing flag, or the category.
 */
function writeLine({ encoded, rows, values }: RowValues, point: Float64Array): void {
  values.fill(point[encoded.width] as number);
  for (const { encoding, slots, standard } of encoded.features) {
    const { offset } = encoding;
    const isNumber = encoding.kind === 'numeric';
    const weight = point[offset] as number;
    const missing = point[offset + encoding.width - 1] as number;
    for (let i = 0; i < rows.length; i += 1) {
      const row = rows[i] as number;
      const slot = slots[row] as number;
      if (!isNumber) {
        values[i] = (values[i] as number) + (point[offset + slot] as number);
      } else if (slot < 0) {
        values[i] = (values[i] as number) + missing;
      } else {
        values[i] = (values[i] as number) + (standard[row] as number) * weight;
      }
    }
  }
}

/** Adds to the gradient what the loss changes by with the line at each row, times the inputs of the row. */
function accumulate({ encoded, rows, values }: RowValues, gradient: Float64Array): void {
  for (const value of values) {
    gradient[encoded.width] = (gradient[encoded.width] as number) + value;
  }
  for (const { encoding, slots, standard } of encoded.features) {
    const { offset } = encoding;
    const last = offset + encoding.width - 1;
    let ofNumber = 0;
    let ofMissing = 0;
    if (encoding.kind === 'categorical') {
      for (let i = 0; i < rows.length; i += 1) {
        const input = offset + (slots[rows[i] as number] as number);
        gradient[input] = (gradient[input] as number) + (values[i] as number);
      }
      continue;
    }
    for (let i = 0; i < rows.length; i += 1) {
      const row = rows[i] as number;
      if ((slots[row] as number) < 0) {
        ofMissing += values[i] as number;
      } else {
        ofNumber += (standard[row] as number) * (values[i] as number);
      }
    }
    gradient[offset] = (gradient[offset] as number) + ofNumber;
    gradient[last] = (gradient[last] as number) + ofMissing;
  }
}
