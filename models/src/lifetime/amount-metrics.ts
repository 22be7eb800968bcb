import type { Estimate } from '../evaluation/evaluate-binary.js';
import { seededRandom } from '../training/seeded-random.js';
import { correlation } from '../value/correlation.js';

/** How good expected amounts are; each with its 95 % bootstrap interval. */
export type AmountMetrics = {
  readonly n: number;
  /** Pearson, of expected and actual amounts. */
  readonly correlation: Estimate;
  /** Spearman: of their ranks, so that a few large customers don't decide. */
  readonly rankCorrelation: Estimate;
  /**
   * Gini coefficient of the actual amounts when customers are sorted by the expected ones, over that when they are sorted
   * by the actual ones: 0 is chance, 1 perfect. Of most use where a few customers bring much.
   */
  readonly gini: Estimate;
  /** Root of the mean squared error, in the shop's currency. */
  readonly rmse: Estimate;
  /** Sum of expected over sum of actual amounts; 1 = right on the whole. */
  readonly totalRatio: Estimate;
};

const RESAMPLES = 200;

/** @throws Error where lengths differ or there are no rows */
export function evaluateAmounts(
  expected: ArrayLike<number>,
  actual: ArrayLike<number>,
  seed: number,
): AmountMetrics {
  const n = actual.length;
  if (expected.length !== n || n === 0) {
    throw new Error(`Expected one amount per row, got ${expected.length} for ${n} rows`);
  }
  const ranks = [ranksOf(expected), ranksOf(actual)] as const;
  const random = seededRandom(seed);
  const everyRow = Int32Array.from({ length: n }, (_, row) => row);
  const measure = (rows: Int32Array) => {
    const pick = (values: ArrayLike<number>) => Float64Array.from(rows, (row) => values[row] ?? 0);
    const [guess, truth] = [pick(expected), pick(actual)];
    const squared = guess.reduce((sum, value, i) => sum + (value - (truth[i] ?? 0)) ** 2, 0);
    const total = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0);
    return {
      correlation: correlation(guess, truth),
      rankCorrelation: correlation(pick(ranks[0]), pick(ranks[1])),
      gini: giniOf(guess, truth) / giniOf(truth, truth),
      rmse: Math.sqrt(squared / n),
      totalRatio: total(guess) / total(truth),
    };
  };
  const point = measure(everyRow);
  const samples = Array.from({ length: RESAMPLES }, () => measure(everyRow.map(() => random.below(n))));
  const estimate = (name: keyof typeof point): Estimate => {
    const values = samples.map((sample) => sample[name]).filter(Number.isFinite);
    values.sort((a, b) => a - b);
    const at = (share: number) => values[Math.round(share * (values.length - 1))] ?? Number.NaN;
    return { value: point[name], low: at(0.025), high: at(0.975) };
  };
  return {
    n,
    correlation: estimate('correlation'),
    rankCorrelation: estimate('rankCorrelation'),
    gini: estimate('gini'),
    rmse: estimate('rmse'),
    totalRatio: estimate('totalRatio'),
  };
}

/** How far the share of the total that the first customers hold lies above their number, those with most expected first. */
function giniOf(expected: Float64Array, actual: Float64Array): number {
  const ranks = ranksOf(expected);
  const total = actual.reduce((sum, amount) => sum + amount, 0);
  const middle = (actual.length + 1) / 2;
  return (
    ranks.reduce((sum, rank, i) => sum + (rank - middle) * (actual[i] ?? 0), 0) /
    (actual.length * Math.max(1e-9, total))
  );
}

/** Ranks from 1 up, equal values sharing their mean rank. */
function ranksOf(values: ArrayLike<number>): Float64Array {
  const order = Array.from({ length: values.length }, (_, i) => i).sort(
    (a, b) => (values[a] ?? 0) - (values[b] ?? 0),
  );
  const ranks = new Float64Array(values.length);
  for (let start = 0; start < order.length; ) {
    let end = start;
    while (end < order.length && values[order[end] ?? 0] === values[order[start] ?? 0]) {
      end += 1;
    }
    for (let i = start; i < end; i += 1) {
      ranks[order[i] ?? 0] = (start + end + 1) / 2;
    }
    start = end;
  }
  return ranks;
}
