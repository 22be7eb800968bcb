import { describe, expect, it } from 'vitest';
import { chooseBlendWeight } from './blend-weight.js';

describe('chooseBlendWeight', () => {
  it('stays in the middle where nothing tells the two apart', () => {
    expect(chooseBlendWeight(() => 700)).toBe(0.5);
    // Half a nat over all rows is noise.
    expect(Math.abs(chooseBlendWeight((weight) => 700 + 0.5 * weight) - 0.5)).toBeLessThan(0.11);
  });

  it('goes all the way where the evidence is clear', () => {
    expect(chooseBlendWeight((weight) => 700 + 40 * weight)).toBe(0);
    expect(chooseBlendWeight((weight) => 700 - 40 * weight)).toBe(1);
  });

  it('finds a best mixture between them', () => {
    expect(chooseBlendWeight((weight) => 700 + 400 * (weight - 0.3) ** 2)).toBeCloseTo(0.3, 1);
  });
});
