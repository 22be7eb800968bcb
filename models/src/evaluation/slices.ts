import type { CategoricalColumn, Column, Table } from '../tables/table.js';
import { wilsonInterval } from './calibration-curve.js';
import { auc } from './ranking-metrics.js';

export interface Slice {
  readonly column: string;
  readonly level: string;
  readonly n: number;
  /** Share of positives, with its 95 % interval. */
  readonly observed: number;
  readonly low: number;
  readonly high: number;
  /** Mean predicted probability. */
  readonly predicted: number;
  /** NaN when a class is missing. */
  readonly auc: number;
  /** Share of rows scored at or above the threshold. */
  readonly selected: number;
  /** That share over the highest one among the column's slices: below 0.8 deserves a look (four-fifths rule). */
  readonly selectionRatio: number;
}

export interface SliceInput {
  readonly table: Table;
  readonly labels: ArrayLike<number>;
  readonly probabilities: ArrayLike<number>;
  /** Columns to slice by; numbers are cut at their quartiles. */
  readonly columns: readonly string[];
  /** What counts as selected; by default the overall share of positives is selected. */
  readonly threshold?: number;
}

const MIN_ROWS = 30;
const MAX_LEVELS = 12;

/** How the model does in each segment, and whether it would select some far more often than others. */
export function evaluateSlices(input: SliceInput): Slice[] {
  const threshold = input.threshold ?? thresholdAtBaseRate(input);
  return input.columns.flatMap((name) => {
    const column = input.table.columns.find((candidate) => candidate.name === name);
    if (column === undefined) {
      return [];
    }
    const slices = segmentsOf(column)
      .filter(({ rows }) => rows.length >= MIN_ROWS)
      .sort((a, b) => b.rows.length - a.rows.length)
      .slice(0, MAX_LEVELS)
      .map(({ level, rows }) => sliceOf(input, { column: name, level, rows, threshold }));
    const highest = Math.max(...slices.map(({ selected }) => selected));
    return slices.map((slice) => ({
      ...slice,
      selectionRatio: highest > 0 ? slice.selected / highest : 1,
    }));
  });
}

function sliceOf(
  { labels, probabilities }: SliceInput,
  segment: { column: string; level: string; rows: readonly number[]; threshold: number },
): Slice {
  const { rows } = segment;
  const ours = rows.map((row) => labels[row] ?? 0);
  const scores = rows.map((row) => probabilities[row] ?? 0);
  const positives = ours.reduce((sum, label) => sum + label, 0);
  return {
    column: segment.column,
    level: segment.level,
    n: rows.length,
    observed: positives / rows.length,
    ...wilsonInterval(positives, rows.length),
    predicted: scores.reduce((sum, score) => sum + score, 0) / rows.length,
    auc: auc(ours, scores),
    selected: scores.filter((score) => score >= segment.threshold).length / rows.length,
    selectionRatio: 1,
  };
}

function thresholdAtBaseRate({ labels, probabilities }: SliceInput): number {
  const sorted = Float64Array.from(probabilities).sort();
  const positives = Array.from(labels).reduce((sum, label) => sum + label, 0);
  return sorted[Math.max(0, sorted.length - positives)] ?? 0;
}

function segmentsOf(column: Column): { level: string; rows: number[] }[] {
  return column.kind === 'categorical' ? byLevel(column) : byQuartile(column.values);
}

function byLevel(column: CategoricalColumn): { level: string; rows: number[] }[] {
  const rows = new Map<number, number[]>();
  column.codes.forEach((code, row) => {
    const list = rows.get(code) ?? [];
    list.push(row);
    rows.set(code, list);
  });
  return [...rows].map(([code, list]) => ({ level: column.levels[code] ?? '(missing)', rows: list }));
}

function byQuartile(values: Float64Array): { level: string; rows: number[] }[] {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const edges = [
    ...new Set([0, 0.25, 0.5, 0.75, 1].map((q) => sorted[Math.round(q * (sorted.length - 1))] ?? 0)),
  ];
  const segments = new Map<string, number[]>();
  values.forEach((value, row) => {
    const bin = Math.min(edges.length - 2, edges.filter((edge) => edge <= value).length - 1);
    const [low, high] = [edges[Math.max(0, bin)] ?? 0, edges[Math.max(0, bin) + 1] ?? edges[0] ?? 0];
    const level = Number.isNaN(value) ? '(missing)' : `${short(low)} to ${short(high)}`;
    const list = segments.get(level) ?? [];
    list.push(row);
    segments.set(level, list);
  });
  return [...segments].map(([level, rows]) => ({ level, rows }));
}

function short(value: number): string {
  return String(Number(value.toPrecision(4)));
}
