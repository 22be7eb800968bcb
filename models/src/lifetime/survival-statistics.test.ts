import { describe, expect, it } from 'vitest';
import { concordance } from './concordance.js';
import { kaplanMeier, leftBy } from './kaplan-meier.js';
import type { LeavingTime } from './leaving-times.js';

const times: LeavingTime[] = [
  { week: 1, left: true },
  { week: 2, left: false },
  { week: 3, left: true },
  { week: 3, left: false },
];

describe('kaplanMeier', () => {
  it('counts the censored as long as they are seen', () => {
    expect(kaplanMeier(times, 4)).toEqual([0.75, 0.75, 0.375, Number.NaN]);
  });
});

describe('leftBy', () => {
  it('knows only what was seen', () => {
    expect(times.map((time) => leftBy(time, 2))).toEqual([true, false, false, false]);
    expect(times.map((time) => leftBy(time, 3))).toEqual([true, null, true, false]);
  });
});

describe('concordance', () => {
  it('is 1 in the right order, 0 in the wrong one, a half without any', () => {
    expect(concordance(times, [4, 3, 2, 1])).toBe(1);
    expect(concordance(times, [1, 2, 3, 4])).toBe(0);
    expect(concordance(times, [1, 1, 1, 1])).toBe(0.5);
  });
});
