import { auc } from '../evaluation/ranking-metrics.js';
import { binOf } from '../networks/encode-rows.js';
import type { Column, Table } from './table.js';

export interface ColumnSignal {
  readonly name: string;
  /** AUC of this column alone, 0.5 to 1, judged on rows whose labels it did not see. */
  readonly auc: number;
}

/** From here on a column alone tells so much that it probably knows the label. */
export const SUSPICIOUS_AUC = 0.95;
/** From here on it can hardly be anything but the label. */
export const GIVEAWAY_AUC = 0.999;

const BINS = 50;

/**
 * How well each column alone ranks the labels, best first: the share of positives per level or quantile bin,
 * learnt on one half of the rows and judged on the other, both ways.
 */
export function columnSignals(table: Table, labels: ArrayLike<number>): ColumnSignal[] {
  return table.columns
    .map((column) => ({ name: column.name, auc: signalOf(cellsOf(column), labels) }))
    .sort((a, b) => b.auc - a.auc || (a.name < b.name ? -1 : 1));
}

function cellsOf(column: Column): Int32Array {
  if (column.kind === 'categorical') {
    return column.codes.map((code) => code + 1);
  }
  const sorted = column.values.filter((value) => !Number.isNaN(value)).sort();
  const edges = new Set<number>();
  for (let i = 0; i <= BINS; i += 1) {
    edges.add(sorted[Math.round((i / BINS) * (sorted.length - 1))] ?? 0);
  }
  const bins = Float64Array.from([...edges, Number.POSITIVE_INFINITY]);
  return Int32Array.from(column.values, (value) => (Number.isNaN(value) ? 0 : 1 + binOf(value, bins)));
}

function signalOf(cells: Int32Array, labels: ArrayLike<number>): number {
  const all = Array.from(labels);
  const base = all.reduce((sum, label) => sum + label, 0) / Math.max(1, all.length);
  const scores = new Float64Array(cells.length);
  for (const half of [0, 1]) {
    const rows = new Map<number, { n: number; positives: number }>();
    cells.forEach((cell, row) => {
      if (row % 2 !== half) {
        const seen = rows.get(cell) ?? { n: 0, positives: 0 };
        rows.set(cell, { n: seen.n + 1, positives: seen.positives + (labels[row] ?? 0) });
      }
    });
    cells.forEach((cell, row) => {
      if (row % 2 === half) {
        const seen = rows.get(cell) ?? { n: 0, positives: 0 };
        scores[row] = (seen.positives + base) / (seen.n + 1);
      }
    });
  }
  return Math.max(0.5, auc(labels, scores));
}
