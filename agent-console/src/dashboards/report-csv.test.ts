import { describe, expect, it } from 'vitest';
import { toCsv } from './report-csv';

describe('toCsv', () => {
  it('quotes what needs it and ends lines as the format says', () => {
    expect(
      toCsv([
        ['a', 1],
        ['b, "c"', null],
      ]),
    ).toBe('a,1\r\n"b, ""c""",\r\n');
  });

  it('runs nothing in a spreadsheet', () => {
    expect(toCsv([['=1+1', -2]])).toBe("'=1+1,-2\r\n");
  });
});
