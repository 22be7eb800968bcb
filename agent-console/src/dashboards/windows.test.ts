import { describe, expect, it } from 'vitest';
import { windowOf } from './windows';

const now = Date.UTC(2026, 10, 22, 14, 30);

describe('windowOf', () => {
  it('ends with the last full hour, so that the answer can be kept', () => {
    expect(windowOf(now, '7', 'none')).toEqual({
      from: '2026-11-15T14:00:00.000Z',
      to: '2026-11-22T14:00:00.000Z',
    });
  });

  it('is compared with the time just before, or a year before', () => {
    expect(windowOf(now, '7', 'before')).toMatchObject({
      compareFrom: '2026-11-08T14:00:00.000Z',
      compareTo: '2026-11-15T14:00:00.000Z',
    });
    expect(windowOf(now, '28', 'year')).toMatchObject({ compareTo: '2025-11-22T14:00:00.000Z' });
  });
});
