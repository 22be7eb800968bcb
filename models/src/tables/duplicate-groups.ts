import type { Table } from './table.js';

/**
 * A group number per row; rows that are equal in every column share one. Such rows must stay on one side of a
 * split, or the model is tested on what it has seen.
 */
export function duplicateGroups(table: Table): { groups: Int32Array; duplicates: number } {
  const groups = new Int32Array(table.rows);
  const known = new Map<string, number>();
  for (let row = 0; row < table.rows; row += 1) {
    let key = '';
    for (const column of table.columns) {
      key += `${column.kind === 'numeric' ? column.values[row] : column.codes[row]},`;
    }
    const group = known.get(key) ?? known.size;
    known.set(key, group);
    groups[row] = group;
  }
  return { groups, duplicates: table.rows - known.size };
}
