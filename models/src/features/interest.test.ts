import { expect, it } from 'vitest';
import { trackEvent } from '../testing/track-event.js';
import { emptyFeatureState, updateFeatureState } from './feature-state.js';
import { categoryShares } from './interest.js';

const DAY = 86_400_000;
const START = Date.UTC(2025, 0, 2);

/** Looked at garden things every week of a year, and twenty times at toys in the last one. */
const events = [
  ...Array.from({ length: 52 }, (_, week) => ({ week, category: 'Garden' })),
  ...Array.from({ length: 20 }, () => ({ week: 52, category: 'Toys' })),
].map(({ week, category }) => trackEvent('Product Viewed', START + week * 7 * DAY, { category }));

it('tells taste, which fades in half a year, from what was looked at of late', () => {
  const { interest } = events.reduce(updateFeatureState, emptyFeatureState());
  const { shares, lasting } = categoryShares(interest, new Date(START + 52 * 7 * DAY));
  expect(shares.get('toys')).toBeGreaterThan(0.7);
  // The 40 latest days one by one; the 12 before them as if they were the oldest of those, 40 weeks ago.
  const kept = Array.from({ length: 40 }, (_, i) => 2 ** ((-7 * (i + 1)) / 182)).reduce((a, b) => a + b, 0);
  expect(lasting.get('garden')).toBeCloseTo(kept + 12 * 2 ** ((-7 * 40) / 182), 6);
  // Twenty looks on one day are one day.
  expect(lasting.get('toys')).toBeCloseTo(1, 6);
});
