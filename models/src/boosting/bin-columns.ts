// Kernel over typed arrays: codes index the levels of their own column.
import type { CategoricalColumn, Column, NumericColumn, Table } from '../tables/table.js';

/** One column with each value replaced by the number of its bin. */
export interface BinnedColumn {
  /** `ordered`: neighbouring bins hold neighbouring values, the last is for missing ones; `levels`: one bin a level. */
  readonly kind: 'ordered' | 'levels';
  readonly bins: number;
  /** Bin per row. */
  readonly codes: Uint8Array;
}

const MOST_BINS = 128;

/** Quantile bins of numbers, and the most frequent levels of categories; what is missing has a bin of its own. */
export function binColumns(table: Table): BinnedColumn[] {
  return table.columns.flatMap((column) => {
    const binned = binColumn(column);
    return binned.bins < 2 ? [] : [binned];
  });
}

/** Categories with their levels in a fixed order, the most frequent first, instead of grouped freely. */
export function inFixedOrder(column: BinnedColumn): BinnedColumn {
  return { ...column, kind: 'ordered' };
}

function binColumn(column: Column): BinnedColumn {
  return column.kind === 'numeric' ? binNumbers(column) : binLevels(column);
}

function binNumbers({ values }: NumericColumn): BinnedColumn {
  const limits = upperLimits(values.filter((value) => !Number.isNaN(value)).sort());
  const missing = limits.length + 1;
  const codes = Uint8Array.from(values, (value) => (Number.isNaN(value) ? missing : binOf(value, limits)));
  return { kind: 'ordered', bins: missing + 1, codes };
}

/** Values that part the sorted ones into bins of about equally many; every distinct one when they are few. */
function upperLimits(sorted: Float64Array): number[] {
  const limits: number[] = [];
  const step = Math.max(1, sorted.length / (MOST_BINS - 2));
  let next = step;
  for (let i = 1; i < sorted.length; i += 1) {
    const before = sorted[i - 1] as number;
    const value = sorted[i] as number;
    if (value === before) {
      continue;
    }
    if (i >= next || sorted.length <= MOST_BINS - 2) {
      limits.push((before + value) / 2);
      next = Math.max(next + step, i + step);
    }
  }
  return limits.slice(0, MOST_BINS - 2);
}

function binOf(value: number, limits: readonly number[]): number {
  let low = 0;
  let high = limits.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value > (limits[middle] as number)) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

function binLevels({ codes, levels }: CategoricalColumn): BinnedColumn {
  const counts = new Float64Array(levels.length);
  for (const code of codes) {
    if (code >= 0) {
      counts[code] = (counts[code] as number) + 1;
    }
  }
  const frequent = [...counts.keys()]
    .filter((code) => (counts[code] as number) > 0)
    .sort((a, b) => (counts[b] as number) - (counts[a] as number) || a - b)
    .slice(0, MOST_BINS - 2);
  // One bin for what is rare, one for what is missing.
  const rare = frequent.length;
  const binOfCode = new Uint8Array(levels.length).fill(rare);
  frequent.forEach((code, bin) => {
    binOfCode[code] = bin;
  });
  const binned = Uint8Array.from(codes, (code) => (code < 0 ? rare + 1 : (binOfCode[code] as number)));
  return { kind: 'levels', bins: rare + 2, codes: binned };
}
