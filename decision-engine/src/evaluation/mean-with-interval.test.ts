import { describe, expect, it } from 'vitest';
import { meanWithInterval } from './mean-with-interval.js';

describe('meanWithInterval', () => {
  it('agrees with a textbook example: 10 values, t = 2.262', () => {
    const { mean, interval } = meanWithInterval([9, 10, 11, 12, 8, 10, 9, 11, 10, 10]);
    expect(mean).toBe(10);
    // s = sqrt(12 / 9), reach = 2.262 * s / sqrt(10)
    expect(interval?.map((end) => end.toFixed(3))).toEqual(['9.174', '10.826']);
  });

  it('has no interval for one value, and refuses none', () => {
    expect(meanWithInterval([3])).toEqual({ mean: 3, interval: null, n: 1 });
    expect(() => meanWithInterval([])).toThrow('got 0');
  });
});
