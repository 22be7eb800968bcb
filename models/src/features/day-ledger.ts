import { z } from 'zod';

/**
 * Integer amounts per UTC day: the latest days one by one, everything before them as one total.
 * Which days are kept depends only on the set of days seen, so that the order of arrival leaves no trace.
 */
export const dayLedgerSchema = z.object({
  /** Day numbers, ascending, each once. */
  days: z.array(z.int()),
  /** One row of amounts per day, flattened. */
  rows: z.array(z.int()),
  /** Totals of the days that are no longer kept. */
  older: z.array(z.int()),
});
export type DayLedger = z.infer<typeof dayLedgerSchema>;

export function emptyLedger(columns: number): DayLedger {
  return { days: [], rows: [], older: new Array<number>(columns).fill(0) };
}

/** The ledger with `amounts` (one integer per column) added on `day`, keeping at most `keep` days one by one. */
export function addToLedger(
  ledger: DayLedger,
  day: number,
  entry: { readonly amounts: readonly number[]; readonly keep: number },
): DayLedger {
  const { amounts, keep } = entry;
  const width = amounts.length;
  const at = positionOf(ledger.days, day);
  if (ledger.days[at] === day) {
    return { ...ledger, rows: addAt(ledger.rows, at * width, amounts) };
  }
  if (at === 0 && ledger.days.length >= keep) {
    return { ...ledger, older: addAt(ledger.older, 0, amounts) };
  }
  const days = ledger.days.toSpliced(at, 0, day);
  const rows = ledger.rows.toSpliced(at * width, 0, ...amounts);
  if (days.length <= keep) {
    return { ...ledger, days, rows };
  }
  return {
    days: days.slice(1),
    rows: rows.slice(width),
    older: addAt(ledger.older, 0, rows.slice(0, width)),
  };
}

/** A ledger of one column with `day` in it, once however often it is marked while it is kept. */
export function markDay(ledger: DayLedger, day: number, keep: number): DayLedger {
  return ledger.days[positionOf(ledger.days, day)] === day
    ? ledger
    : addToLedger(ledger, day, { amounts: [1], keep });
}

/** Per column, the sum over the kept days from `fromDay` on. */
export function sumsSince(ledger: DayLedger, fromDay: number): number[] {
  const width = ledger.older.length;
  const sums = new Array<number>(width).fill(0);
  for (let row = positionOf(ledger.days, fromDay); row < ledger.days.length; row += 1) {
    for (let column = 0; column < width; column += 1) {
      sums[column] = (sums[column] ?? 0) + (ledger.rows[row * width + column] ?? 0);
    }
  }
  return sums;
}

/** Per column, the sum over all days ever. */
export function totals(ledger: DayLedger): number[] {
  return addAt(sumsSince(ledger, Number.NEGATIVE_INFINITY), 0, ledger.older);
}

/** How many kept days from `fromDay` on have an entry. */
export function daysSeenSince(ledger: DayLedger, fromDay: number): number {
  return ledger.days.length - positionOf(ledger.days, fromDay);
}

/** Index of the first day that is not before `day`. Searched from the end: events mostly arrive in order. */
function positionOf(days: readonly number[], day: number): number {
  let at = days.length;
  while (at > 0 && (days[at - 1] ?? Number.NEGATIVE_INFINITY) >= day) {
    at -= 1;
  }
  return at;
}

function addAt(values: readonly number[], start: number, amounts: readonly number[]): number[] {
  const sum = values.slice();
  for (const [column, amount] of amounts.entries()) {
    sum[start + column] = (sum[start + column] ?? 0) + amount;
  }
  return sum;
}
