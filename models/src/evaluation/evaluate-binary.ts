// Kernels over typed arrays: rows are below the common length of labels and probabilities.
import { seededRandom } from '../training/seeded-random.js';
import { areaUnderRoc, averagePrecision, byFallingScore } from './ranking-metrics.js';

/** A figure with its 95 % bootstrap interval. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export interface BinaryMetrics {
  readonly n: number;
  readonly positives: number;
  /** 0.5 is chance, 1 perfect; NaN when a class is missing. */
  readonly auc: Estimate;
  /** The share of positives is chance, 1 perfect. */
  readonly averagePrecision: Estimate;
  /** Mean negative log-likelihood, natural logarithm. */
  readonly logLoss: Estimate;
  /** Mean squared error of the probability. */
  readonly brier: Estimate;
  /** Expected calibration error over 10 bins with equally many rows; biased upwards in small samples. */
  readonly ece: Estimate;
}

export type BinaryMetricName = 'auc' | 'averagePrecision' | 'logLoss' | 'brier' | 'ece';

export interface EvaluateBinaryInput {
  /** 1 or 0 per row. */
  readonly labels: ArrayLike<number>;
  /** From 0 to 1, per row. */
  readonly probabilities: ArrayLike<number>;
  readonly seed: number;
  /** Bootstrap resamples; 300 unless told. 0 leaves the intervals NaN. */
  readonly resamples?: number;
}

const NAMES: readonly BinaryMetricName[] = ['auc', 'averagePrecision', 'logLoss', 'brier', 'ece'];
const CLIP = 1e-7;

/**
 * How good probabilities are at ranking and at being right, each with a percentile bootstrap interval (rows resampled).
 *
 * @throws Error when lengths differ, a label is not 0 or 1, or a probability is outside [0, 1]
 */
export function evaluateBinary(input: EvaluateBinaryInput): BinaryMetrics {
  const { labels, probabilities } = input;
  check(labels, probabilities);
  const order = byFallingScore(probabilities);
  const point = measure({ labels, probabilities, order });
  const samples = resampled(input, order);
  const estimate = (name: BinaryMetricName): Estimate => {
    const values = samples.map((sample) => sample[name]).filter((value) => !Number.isNaN(value));
    values.sort((a, b) => a - b);
    return { value: point[name], low: quantile(values, 0.025), high: quantile(values, 0.975) };
  };
  let positives = 0;
  for (let row = 0; row < labels.length; row += 1) {
    positives += labels[row] as number;
  }
  return {
    n: labels.length,
    positives,
    auc: estimate('auc'),
    averagePrecision: estimate('averagePrecision'),
    logLoss: estimate('logLoss'),
    brier: estimate('brier'),
    ece: estimate('ece'),
  };
}

type Measures = Record<BinaryMetricName, number>;

interface MeasureInput {
  readonly labels: ArrayLike<number>;
  readonly probabilities: ArrayLike<number>;
  readonly order: Int32Array;
  readonly weights?: Int32Array;
}

function measure({ labels, probabilities, order, weights }: MeasureInput): Measures {
  const ranked = { labels, scores: probabilities, order, ...(weights && { weights }) };
  let logLoss = 0;
  let brier = 0;
  let n = 0;
  for (let row = 0; row < labels.length; row += 1) {
    const weight = weights === undefined ? 1 : (weights[row] as number);
    const label = labels[row] as number;
    const probability = probabilities[row] as number;
    const clipped = Math.min(1 - CLIP, Math.max(CLIP, probability));
    logLoss -= weight * Math.log(label === 1 ? clipped : 1 - clipped);
    brier += weight * (probability - label) ** 2;
    n += weight;
  }
  return {
    auc: areaUnderRoc(ranked),
    averagePrecision: averagePrecision(ranked),
    logLoss: logLoss / n,
    brier: brier / n,
    ece: calibrationError({ labels, probabilities, order, ...(weights && { weights }) }, n),
  };
}

const ECE_BINS = 10;

function calibrationError({ labels, probabilities, order, weights }: MeasureInput, n: number): number {
  let error = 0;
  let seen = 0;
  let bin = 0;
  let binDifference = 0;
  for (let i = 0; i < order.length; i += 1) {
    const row = order[i] as number;
    const weight = weights === undefined ? 1 : (weights[row] as number);
    binDifference += weight * ((probabilities[row] as number) - (labels[row] as number));
    seen += weight;
    const next = order[i + 1];
    // Rows of one probability stay in one bin, or a constant prediction would be measured by the order of its rows.
    const tied = next !== undefined && probabilities[next] === probabilities[row];
    if (i === order.length - 1 || (!tied && seen >= ((bin + 1) * n) / ECE_BINS)) {
      error += Math.abs(binDifference) / n;
      binDifference = 0;
      bin = Math.max(bin + 1, Math.floor((seen * ECE_BINS) / n));
    }
  }
  return error;
}

function resampled(input: EvaluateBinaryInput, order: Int32Array): Measures[] {
  const { labels, probabilities } = input;
  const random = seededRandom(input.seed);
  const rows = labels.length;
  return Array.from({ length: input.resamples ?? 300 }, () => {
    const weights = new Int32Array(rows);
    for (let i = 0; i < rows; i += 1) {
      const row = random.below(rows);
      weights[row] = (weights[row] as number) + 1;
    }
    return measure({ labels, probabilities, order, weights });
  });
}

function quantile(sorted: readonly number[], share: number): number {
  if (sorted.length === 0) {
    return Number.NaN;
  }
  const position = share * (sorted.length - 1);
  const below = sorted[Math.floor(position)] ?? Number.NaN;
  const above = sorted[Math.ceil(position)] ?? below;
  return below + (above - below) * (position - Math.floor(position));
}

function check(labels: ArrayLike<number>, probabilities: ArrayLike<number>): void {
  if (labels.length !== probabilities.length || labels.length === 0) {
    throw new Error(
      `Expected one probability per label, got ${labels.length} labels and ${probabilities.length} probabilities`,
    );
  }
  for (let row = 0; row < labels.length; row += 1) {
    const probability = probabilities[row] as number;
    if (labels[row] !== 0 && labels[row] !== 1) {
      throw new Error(`Expected label ${row} to be 0 or 1, got ${labels[row]}`);
    }
    if (!(probability >= 0 && probability <= 1)) {
      throw new Error(`Expected probability ${row} to be in [0, 1], got ${probability}`);
    }
  }
}

export const BINARY_METRIC_NAMES = NAMES;
