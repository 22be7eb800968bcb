import { expect, it } from 'vitest';
import { TASTE_PARTS, tasteProfile } from './taste-profile.js';

it('is even where nothing is known, and rises only in the part of what was looked at', () => {
  expect(tasteProfile(new Map())).toEqual(new Array(TASTE_PARTS).fill(0));
  const profile = tasteProfile(new Map([['garden', 6]]));
  const risen = profile.filter((part) => part > 0);
  expect(risen).toHaveLength(1);
  expect(risen[0]).toBeCloseTo(Math.log((6.3 / (6 + 0.3 * TASTE_PARTS)) * TASTE_PARTS), 12);
  const others = profile.filter((part) => part < 0);
  expect(new Set(others).size).toBe(1);
});

it('sorts a category by its name, so that it is the same in every process', () => {
  expect(
    tasteProfile(
      new Map([
        ['garden', 3],
        ['toys', 1],
      ]),
    ),
  ).toEqual(
    tasteProfile(
      new Map([
        ['toys', 1],
        ['garden', 3],
      ]),
    ),
  );
});
