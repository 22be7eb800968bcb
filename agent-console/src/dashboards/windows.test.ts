import { describe, expect, it } from 'vitest';
import { windowOf } from './windows';

const now = Date.UTC(2026, 10, 22, 14, 30);

const dates = { first: '2026-11-01', last: '2026-11-07' };

describe('windowOf', () => {
  it('ends with the last full hour, so that the answer can be kept', () => {
    expect(windowOf(now, { length: '7', comparison: 'none', dates })).toEqual({
      from: '2026-11-15T14:00:00.000Z',
      to: '2026-11-22T14:00:00.000Z',
    });
  });

  it('is compared with the time just before, a year before, or who is held out', () => {
    expect(windowOf(now, { length: '7', comparison: 'before', dates })).toMatchObject({
      compareFrom: '2026-11-08T14:00:00.000Z',
      compareTo: '2026-11-15T14:00:00.000Z',
    });
    expect(windowOf(now, { length: '28', comparison: 'year', dates })).toMatchObject({
      compareTo: '2025-11-22T14:00:00.000Z',
    });
    expect(windowOf(now, { length: '7', comparison: 'holdOut', dates })).toMatchObject({
      against: 'holdOut',
    });
  });

  it('takes whole days, the last one included, and leaves their hours to the time zone', () => {
    expect(windowOf(now, { length: 'dates', comparison: 'before', dates })).toEqual({
      from: '2026-11-01',
      to: '2026-11-08',
      compareFrom: '2026-10-25',
      compareTo: '2026-11-01',
    });
  });

  it.each([
    ['2026-11-07', '2026-11-01'],
    ['', '2026-11-01'],
    ['2024-01-01', '2026-01-01'],
  ])('is none from %j to %j', (first, last) => {
    expect(windowOf(now, { length: 'dates', comparison: 'none', dates: { first, last } })).toBeNull();
  });
});
