import { describe, expect, it } from 'vitest';
import { knownAmounts, softenAmounts } from './amount-targets.js';

const known = knownAmounts([0, Math.E]);
const teacher = {
  any: Float64Array.from([0.4, 0.5]),
  mean: Float64Array.from([2, 3]),
  variance: Float64Array.from([0.5, 0]),
};

describe('softenAmounts', () => {
  it('leaves targets as they are without a share for the teacher', () => {
    expect(softenAmounts(known, teacher, 0)).toEqual(known);
  });

  it('takes what the teacher says of an amount that did not come', () => {
    const { any, mean, variance } = softenAmounts(known, teacher, 0.5);
    expect([any[0], mean[0], variance[0]]).toEqual([0.2, 2, 0.5]);
  });

  it('mixes known and taught amounts by how probable each is, with the variance of the mixture', () => {
    const { any, mean, variance } = softenAmounts(known, teacher, 0.5);
    // Half the weight on log 1, a quarter on log 3.
    expect(any[1]).toBe(0.75);
    expect(mean[1]).toBeCloseTo((0.5 * 1 + 0.25 * 3) / 0.75, 12);
    expect(variance[1]).toBeCloseTo((0.5 + 0.25 * 9) / 0.75 - (mean[1] ?? 0) ** 2, 12);
  });
});
