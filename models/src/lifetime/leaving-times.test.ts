import { describe, expect, it } from 'vitest';
import { leavingTime } from './leaving-times.js';

const known = { silenceDays: 90, knownDays: 365 };

describe('leavingTime', () => {
  it('is the week of the last order before the silence', () => {
    expect(leavingTime([3, 40, 100], known)).toEqual({ week: 15, left: true });
    // Who comes back after the silence had left all the same.
    expect(leavingTime([3, 40, 200], known)).toEqual({ week: 6, left: true });
  });

  it('is at once where no order follows', () => {
    expect(leavingTime([], known)).toEqual({ week: 1, left: true });
    expect(leavingTime([90], known)).toEqual({ week: 1, left: true });
  });

  it('is censored where the silence may yet end', () => {
    expect(leavingTime([50, 130, 210, 290], known)).toEqual({ week: 41, left: false });
    expect(leavingTime([], { silenceDays: 90, knownDays: 60 })).toBeNull();
  });
});
