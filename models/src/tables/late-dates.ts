import type { Table } from './table.js';

export interface LateDate {
  readonly name: string;
  /** Share of the rows with both dates in which this one is later, above 0 to 1. */
  readonly share: number;
}

/** A date that is later in fewer rows than this is a slip of the pen. */
const FEW = 0.01;

/**
 * Date columns that lie after the time a row is predicted at, most often first: what they hold was not known then, and
 * gives the future away.
 *
 * @param dates names of the columns that hold dates
 * @param time the column a row is predicted at
 */
export function lateDates(table: Table, dates: readonly string[], time: string): LateDate[] {
  const at = table.columns.find(({ name }) => name === time);
  if (at?.kind !== 'numeric') {
    return [];
  }
  return table.columns
    .flatMap((column) => {
      if (column.kind !== 'numeric' || column.name === time || !dates.includes(column.name)) {
        return [];
      }
      let known = 0;
      let later = 0;
      column.values.forEach((value, row) => {
        const now = at.values[row] ?? Number.NaN;
        known += Number.isNaN(value) || Number.isNaN(now) ? 0 : 1;
        later += value > now ? 1 : 0;
      });
      const share = later / Math.max(1, known);
      return share > FEW ? [{ name: column.name, share }] : [];
    })
    .sort((a, b) => b.share - a.share);
}
