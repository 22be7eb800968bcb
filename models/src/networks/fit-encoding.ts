import type { CategoricalColumn, Column, NumericColumn, Table } from '../tables/table.js';
import type { CategoricalEncoding, FeatureEncoding, NumericEncoding } from './feature-encoding.js';

export interface FitEncodingOptions {
  /** Most bins of a numeric feature; fewer when it has fewer distinct values or the table has many columns. */
  readonly bins: number;
  /** Most levels of a categorical feature that get an input of their own; the most frequent are kept. */
  readonly levels: number;
  /** A level seen in fewer rows than this shares the input for unknown levels. */
  readonly minLevelRows: number;
}

/** With more rows finer bins can be told apart; in tables with many columns they would take too long. */
function defaultEncoding({ rows, columns }: Table): FitEncodingOptions {
  const bins = Math.min(rows / 400, 1024 / Math.max(1, columns.length), 48);
  return { bins: Math.max(16, Math.round(bins)), levels: 64, minLevelRows: 5 };
}

// Bounds the width of the first layer, and so time and memory, for tables with very many columns.
const MAX_WIDTH = 4096;

/** Learns from training rows how each column is encoded. Columns without any information get no encoding. */
export function fitEncoding(
  table: Table,
  options: FitEncodingOptions = defaultEncoding(table),
): FeatureEncoding[] {
  const perColumn = Math.max(2, Math.floor(MAX_WIDTH / Math.max(1, table.columns.length)) - 2);
  const limited = {
    ...options,
    bins: Math.min(options.bins, perColumn),
    levels: Math.min(options.levels, perColumn),
  };
  const encodings: FeatureEncoding[] = [];
  let offset = 0;
  for (const column of table.columns) {
    const encoding = fitColumn(column, offset, limited);
    if (encoding !== undefined) {
      encodings.push(encoding);
      offset += encoding.width;
    }
  }
  return encodings;
}

function fitColumn(column: Column, offset: number, options: FitEncodingOptions): FeatureEncoding | undefined {
  return column.kind === 'numeric'
    ? fitNumeric(column, offset, options)
    : fitCategorical(column, offset, options);
}

function fitNumeric(
  column: NumericColumn,
  offset: number,
  options: FitEncodingOptions,
): NumericEncoding | undefined {
  const present = column.values.filter((value) => !Number.isNaN(value)).sort();
  if (present.length === 0) {
    return undefined;
  }
  const missing = column.values.length - present.length;
  const mean = present.reduce((sum, value) => sum + value, 0) / present.length;
  const variance = present.reduce((sum, value) => sum + (value - mean) ** 2, 0) / present.length;
  const scale = variance > 0 ? Math.sqrt(variance) : 1;
  const edges = quantileEdges(present, options.bins);
  if (edges.length < 2 && missing === 0) {
    return undefined;
  }
  const width = 1 + Math.max(0, edges.length - 1) + 1;
  return { kind: 'numeric', name: column.name, offset, width, mean, scale, edges };
}

/** Distinct quantiles of sorted values; every distinct value when they are few. */
function quantileEdges(sorted: Float64Array, bins: number): number[] {
  const distinct = distinctUpTo(sorted, bins + 1);
  if (distinct !== undefined) {
    return distinct;
  }
  const edges: number[] = [];
  for (let i = 0; i <= bins; i += 1) {
    const position = (i / bins) * (sorted.length - 1);
    const below = sorted[Math.floor(position)] ?? 0;
    const above = sorted[Math.ceil(position)] ?? below;
    const edge = below + (above - below) * (position - Math.floor(position));
    if (edges.length === 0 || edge > (edges.at(-1) ?? 0)) {
      edges.push(edge);
    }
  }
  return edges;
}

function distinctUpTo(sorted: Float64Array, limit: number): number[] | undefined {
  const distinct: number[] = [];
  for (const value of sorted) {
    if (distinct.length === 0 || value !== distinct.at(-1)) {
      if (distinct.length === limit) {
        return undefined;
      }
      distinct.push(value);
    }
  }
  return distinct;
}

function fitCategorical(
  column: CategoricalColumn,
  offset: number,
  options: FitEncodingOptions,
): CategoricalEncoding | undefined {
  const counts = new Map<number, number>();
  for (const code of column.codes) {
    counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  if (counts.size < 2) {
    return undefined;
  }
  const levels = column.levels
    .map((level, code) => ({ level, count: counts.get(code) ?? 0 }))
    .filter(({ count }) => count >= Math.min(options.minLevelRows, column.codes.length / 4))
    .sort((a, b) => b.count - a.count || (a.level < b.level ? -1 : 1))
    .slice(0, options.levels)
    .map(({ level }) => level)
    .sort();
  return { kind: 'categorical', name: column.name, offset, width: levels.length + 2, levels };
}
