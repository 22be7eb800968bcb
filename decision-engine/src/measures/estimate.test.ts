import { describe, expect, it } from 'vitest';
import {
  chiSquareTail,
  difference,
  differenceOfMeans,
  mean,
  median,
  mismatchChance,
  momentsOf,
  NOTHING,
  netPromoters,
  share,
} from './estimate.js';

describe('share', () => {
  it('has Wilson’s interval', () => {
    // Newcombe 1998, table I: 81 of 263.
    const { value, low, high } = share(81, 263);
    expect(value).toBeCloseTo(0.308, 3);
    expect(low).toBeCloseTo(0.2553, 4);
    expect(high).toBeCloseTo(0.3662, 4);
  });

  it('stays within 0 and 1, and says nothing of nobody', () => {
    expect(share(0, 10).low).toBe(0);
    expect(share(10, 10).high).toBe(1);
    expect(share(0, 0)).toEqual(NOTHING);
  });
});

describe('mean', () => {
  it('has the normal interval of its standard error', () => {
    const { value, low, high, n } = mean(momentsOf([2, 4, 4, 4, 5, 5, 7, 9]));
    expect([value, n]).toEqual([5, 8]);
    expect((high ?? 0) - (low ?? 0)).toBeCloseTo(2 * 1.959964 * Math.sqrt(32 / 7 / 8), 6);
  });

  it('of one value has no interval', () => {
    expect(mean(momentsOf([3]))).toEqual({ value: 3, low: null, high: null, n: 1 });
  });
});

describe('differences', () => {
  it('of shares follow Newcombe’s method 10', () => {
    // Newcombe 1998 (difference), table II (a): 56/70 less 48/80.
    const { value, low, high } = difference(share(56, 70), share(48, 80));
    expect(value).toBeCloseTo(0.2, 6);
    expect(low).toBeCloseTo(0.0524, 4);
    expect(high).toBeCloseTo(0.3339, 4);
  });

  it('of means follow Welch', () => {
    const [a, b] = [momentsOf([1, 2, 3, 4]), momentsOf([2, 4, 6, 8])];
    const { value, low } = differenceOfMeans(a, b);
    expect(value).toBe(-2.5);
    expect(low).toBeCloseTo(-2.5 - 1.959964 * Math.sqrt(5 / 3 / 4 + 20 / 3 / 4), 6);
  });

  it('with nothing are nothing', () => {
    expect(difference(NOTHING, share(1, 2)).value).toBeNull();
    expect(differenceOfMeans(momentsOf([]), momentsOf([1, 2])).value).toBeNull();
  });
});

describe('netPromoters', () => {
  it('is promoters less detractors in a hundred', () => {
    expect(netPromoters([10, 9, 8, 7, 6, 0]).value).toBeCloseTo(0, 9);
    expect(netPromoters([10, 10, 7, 3]).value).toBe(25);
  });
});

describe('median', () => {
  it('lies in the middle, with ranks around it', () => {
    const values = Array.from({ length: 101 }, (_, index) => (index * 37) % 101);
    const { value, low, high } = median(values);
    expect(value).toBe(50);
    expect(low).toBe(40);
    expect(high).toBe(61);
  });

  it('of few has no interval', () => {
    expect(median([3, 1])).toEqual({ value: 2, low: null, high: null, n: 2 });
    expect(median([])).toEqual(NOTHING);
  });
});

describe('mismatchChance', () => {
  it('knows the chi-square distribution', () => {
    expect(chiSquareTail(3.841459, 1)).toBeCloseTo(0.05, 5);
    expect(chiSquareTail(5.991465, 2)).toBeCloseTo(0.05, 5);
    expect(chiSquareTail(7.814728, 3)).toBeCloseTo(0.05, 5);
    expect(chiSquareTail(9.487729, 4)).toBeCloseTo(0.05, 5);
    expect(chiSquareTail(0, 3)).toBeCloseTo(1, 6);
  });

  it('is small where a split is not the one that was asked for', () => {
    expect(mismatchChance([500, 510], [1, 1])).toBeGreaterThan(0.5);
    expect(mismatchChance([600, 400], [1, 1])).toBeLessThan(0.001);
    expect(mismatchChance([900, 100], [0.9, 0.1])).toBeCloseTo(1, 2);
    expect(mismatchChance([0, 0], [1, 1])).toBeNull();
    expect(mismatchChance([10, 0], [1, 0])).toBeNull();
  });
});
