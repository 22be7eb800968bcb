import type { AmountMetrics, BinaryMetricName, BinaryMetrics, SearchResult } from '@segue/models';

const NAMES: readonly BinaryMetricName[] = ['auc', 'averagePrecision', 'logLoss', 'brier', 'ece'];

type Figures = Readonly<Record<BinaryMetricName, number | null>>;
type Intervals = Readonly<
  Record<BinaryMetricName, { readonly low: number | null; readonly high: number | null }>
>;

/** What `train --json` prints in its last line; figures that can't be computed are null. */
export type TrainingResult = {
  readonly model: string;
  readonly metrics: Figures & { readonly n: number; readonly positives: number };
  /** 95 % bootstrap. */
  readonly intervals: Intervals;
  readonly folds: readonly (Figures & { readonly n: number; readonly positives: number })[];
  readonly baselines: Readonly<Record<string, { readonly metrics: Figures; readonly intervals: Intervals }>>;
  /** How the test rows were chosen. */
  readonly split: string;
  readonly seconds: number;
  readonly backend: string;
  readonly warnings: readonly string[];
  readonly version: string | null;
  readonly artifact: string | null;
  readonly artifactHash: string | null;
  /** Of value models: how good the expected amounts are, of the model and its baselines. */
  readonly amounts?: Readonly<Record<string, AmountFigures>>;
  /** Where a better way to train was searched for: what was tried, best first, and what was taken. */
  readonly search?: Pick<SearchResult, 'chosen' | 'trials'>;
  /** Of "gone by when" models: share of pairs in the right order (Harrell's C). */
  readonly concordance?: number;
};

export type AmountFigures = {
  readonly n: number;
} & Readonly<Record<'correlation' | 'rankCorrelation' | 'gini' | 'rmse' | 'totalRatio', Estimated>>;

type Estimated = { readonly value: number | null; readonly low: number | null; readonly high: number | null };

/** The figures of expected amounts as JSON takes them. */
export function amountFiguresOf(metrics: AmountMetrics): AmountFigures {
  const estimated = ({ value, low, high }: AmountMetrics['rmse']): Estimated => ({
    value: finite(value),
    low: finite(low),
    high: finite(high),
  });
  return {
    n: metrics.n,
    correlation: estimated(metrics.correlation),
    rankCorrelation: estimated(metrics.rankCorrelation),
    gini: estimated(metrics.gini),
    rmse: estimated(metrics.rmse),
    totalRatio: estimated(metrics.totalRatio),
  };
}

/** The figures of one model as plain numbers, and their intervals beside them. */
export function figuresOf(metrics: BinaryMetrics): { metrics: Figures; intervals: Intervals } {
  const entries = NAMES.map((name) => [name, metrics[name]] as const);
  return {
    metrics: Object.fromEntries(entries.map(([name, { value }]) => [name, finite(value)])) as Figures,
    intervals: Object.fromEntries(
      entries.map(([name, { low, high }]) => [name, { low: finite(low), high: finite(high) }]),
    ) as Intervals,
  };
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

/** Metrics and baselines as a table for people. */
export function describeResult(result: TrainingResult): string {
  const rows = [
    ['', 'AUC', 'avg. precision', 'log loss', 'Brier', 'ECE'],
    ['network', ...NAMES.map((name) => withInterval(result.metrics[name], result.intervals[name]))],
    ...Object.entries(result.baselines).map(([name, { metrics }]) => [
      name.replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`),
      ...NAMES.map((metric) => number(metrics[metric])),
    ]),
  ];
  const widths =
    rows[0]?.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length))) ?? [];
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const { n, positives } = result.metrics;
  return [
    `Tested on ${n.toLocaleString('en')} rows, ${positives.toLocaleString('en')} of them positive (${result.split}), in ${result.seconds.toFixed(0)} s on ${result.backend}.`,
    ...lines,
    ...Object.entries(result.amounts ?? {}).map(([name, figures]) => describeAmounts(name, figures)),
    ...(result.concordance === undefined
      ? []
      : [`Concordance ${result.concordance.toFixed(3)} (0.5 is chance).`]),
    ...(result.artifact === null ? [] : [`Model ${result.version ?? ''} is in ${result.artifact}`]),
    '',
  ].join('\n');
}

function describeAmounts(
  name: string,
  { correlation, rankCorrelation, gini, rmse, totalRatio }: AmountFigures,
): string {
  const shown = ({ value, low, high }: Estimated) => withInterval(value, { low, high });
  return `Amounts, ${name}: correlation ${shown(correlation)}, of ranks ${shown(rankCorrelation)}, Gini ${shown(gini)}, RMSE ${shown(rmse)}, ratio of totals ${shown(totalRatio)}`;
}

function number(value: number | null): string {
  return value === null ? 'none' : value.toFixed(4);
}

function withInterval(
  value: number | null,
  { low, high }: { low: number | null; high: number | null },
): string {
  return low === null || high === null
    ? number(value)
    : `${number(value)} (${low.toFixed(3)}–${high.toFixed(3)})`;
}
