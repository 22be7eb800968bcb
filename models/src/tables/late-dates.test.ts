import { describe, expect, it } from 'vitest';
import { lateDates } from './late-dates.js';
import { createTable, numericColumn } from './table.js';

const days = (shift: number) => Array.from({ length: 200 }, (_, row) => row + shift);
const table = createTable([
  numericColumn('seen', days(0)),
  numericColumn('born', days(-9000)),
  numericColumn('closed', [...days(5).slice(0, 100), ...new Array<number>(100).fill(Number.NaN)]),
  numericColumn(
    'slip',
    days(-1).map((day, row) => (row === 3 ? 900 : day)),
  ),
  numericColumn('number', days(5)),
]);

describe('lateDates', () => {
  it('finds the dates that were not known at the time, and leaves slips and plain numbers alone', () => {
    expect(lateDates(table, ['seen', 'born', 'closed', 'slip'], 'seen')).toEqual([
      { name: 'closed', share: 1 },
    ]);
  });

  it('finds nothing without a time', () => {
    expect(lateDates(table, ['closed'], 'missing')).toEqual([]);
  });
});
