import type { Table } from '../tables/table.js';

/** The median of each numeric column, the value most people know from themselves; null where half of it is missing. */
export function usualValues(table: Table): Record<string, number | null> {
  const entries = table.columns.flatMap((column): [string, number | null][] => {
    if (column.kind !== 'numeric') {
      return [];
    }
    const known = column.values.filter((value) => !Number.isNaN(value)).sort();
    const median = known[Math.floor(known.length / 2)];
    return [[column.name, median === undefined || known.length * 2 < table.rows ? null : median]];
  });
  return Object.fromEntries(entries);
}
