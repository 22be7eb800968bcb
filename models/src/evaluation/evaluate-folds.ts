import {
  BINARY_METRIC_NAMES,
  type BinaryMetricName,
  type BinaryMetrics,
  type Estimate,
  evaluateBinary,
} from './evaluate-binary.js';

export interface FoldScores {
  /** 1 or 0 per tested row. */
  readonly labels: ArrayLike<number>;
  readonly probabilities: ArrayLike<number>;
}

export interface FoldsEvaluation {
  /** Mean over the folds (as `cross_val_score` reports it), with the interval of that mean. */
  readonly metrics: BinaryMetrics;
  readonly folds: readonly (Record<BinaryMetricName, number> & {
    readonly n: number;
    readonly positives: number;
  })[];
}

/**
 * Evaluates each fold and averages. The interval comes from resampling the rows within every fold: the folds' own
 * bootstrap errors, combined as those of independent test sets (mean ± 1.96 standard errors).
 */
export function evaluateFolds(folds: readonly FoldScores[], seed: number): FoldsEvaluation {
  const each = folds.map((fold, i) => evaluateBinary({ ...fold, seed: seed + i }));
  const combine = (name: BinaryMetricName): Estimate => {
    const value = mean(each.map((metrics) => metrics[name].value));
    const variance = each.reduce((sum, metrics) => {
      const error = (metrics[name].high - metrics[name].low) / (2 * 1.96);
      return sum + error ** 2;
    }, 0);
    const error = (1.96 * Math.sqrt(variance)) / folds.length;
    return { value, low: value - error, high: value + error };
  };
  const metrics: BinaryMetrics = {
    n: each.reduce((sum, { n }) => sum + n, 0),
    positives: each.reduce((sum, { positives }) => sum + positives, 0),
    auc: combine('auc'),
    averagePrecision: combine('averagePrecision'),
    logLoss: combine('logLoss'),
    brier: combine('brier'),
    ece: combine('ece'),
  };
  return {
    metrics,
    folds: each.map((fold) => {
      const values = Object.fromEntries(BINARY_METRIC_NAMES.map((name) => [name, fold[name].value]));
      return { n: fold.n, positives: fold.positives, ...(values as Record<BinaryMetricName, number>) };
    }),
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
