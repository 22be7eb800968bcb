import type { BinaryMetricName, BinaryMetrics } from '@segue/models';

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
};

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
    ...(result.artifact === null ? [] : [`Model ${result.version ?? ''} is in ${result.artifact}`]),
    '',
  ].join('\n');
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
