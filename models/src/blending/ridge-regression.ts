// Kernel over typed arrays: rows and inputs are below the sizes of the encoding.
import { sigmoid, softplus } from '../calibration/calibrator.js';
import type { EncodedFeature, EncodedRows } from '../networks/encode-rows.js';
import { minimise } from '../training/minimise.js';

/** Log odds (or a mean) that are linear in the standardised numbers, missing flags and categories of an encoding. */
export type LinearLogit = {
  /** One weight per network input; 0 for the bins of numbers. */
  readonly weights: Float64Array;
  readonly intercept: number;
};

/**
 * Logistic regression with a ridge, by L-BFGS.
 *
 * @param labels 1 or 0 per row, or how probable a 1 is
 * @param rows which rows of `encoded` to fit
 * @param ridge penalty on the squared weights, against the sum of the log loss
 */
export function fitRidge(
  encoded: EncodedRows,
  fit: { readonly labels: ArrayLike<number>; readonly rows: Int32Array; readonly ridge: number },
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
    readonly ridge: number;
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
  { rows, ridge }: { readonly rows: Int32Array; readonly ridge: number },
  { loss, slope }: RowLoss,
): LinearLogit {
  const { width } = encoded;
  const best = minimise(
    (point, gradient) => {
      gradient.fill(0);
      let sum = 0;
      for (const row of rows) {
        const value = product(encoded, row, point);
        sum += loss(row, value);
        accumulate({ encoded, row, gradient }, slope(row, value));
      }
      for (let input = 0; input < width; input += 1) {
        const weight = point[input] as number;
        sum += (ridge / 2) * weight * weight;
        gradient[input] = (gradient[input] as number) + ridge * weight;
      }
      return sum;
    },
    new Float64Array(width + 1),
    { maxIterations: 150, tolerance: 1e-4 * Math.sqrt(rows.length) },
  );
  return { weights: best.slice(0, width), intercept: best[width] as number };
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
  return Float64Array.from(rows, (row) => product(encoded, row, point));
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

function product({ features, width }: EncodedRows, row: number, point: Float64Array): number {
  let sum = point[width] as number;
  for (const feature of features) {
    sum += inputValue(feature, row) * (point[inputOf(feature, row)] as number);
  }
  return sum;
}

function accumulate(
  {
    encoded,
    row,
    gradient,
  }: { readonly encoded: EncodedRows; readonly row: number; readonly gradient: Float64Array },
  factor: number,
): void {
  gradient[encoded.width] = (gradient[encoded.width] as number) + factor;
  for (const feature of encoded.features) {
    const input = inputOf(feature, row);
    gradient[input] = (gradient[input] as number) + factor * inputValue(feature, row);
  }
}

/** The one input of a feature that a linear model reads: the number itself, its missing flag, or the category. */
function inputOf({ encoding, slots }: EncodedFeature, row: number): number {
  const slot = slots[row] as number;
  if (encoding.kind === 'categorical') {
    return encoding.offset + slot;
  }
  return slot < 0 ? encoding.offset + encoding.width - 1 : encoding.offset;
}

function inputValue({ encoding, slots, standard }: EncodedFeature, row: number): number {
  return encoding.kind === 'categorical' || (slots[row] as number) < 0 ? 1 : (standard[row] as number);
}
