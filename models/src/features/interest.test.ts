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
  // The 16 latest weeks one by one; the 36 before them as if of the oldest of those, 16 weeks ago.
  const kept = Array.from({ length: 16 }, (_, i) => 2 ** (-(i + 1) / 26)).reduce((a, b) => a + b, 0);
  expect(lasting.get('garden')).toBeCloseTo(kept + 36 * 2 ** (-16 / 26), 6);
  expect(lasting.get('toys')).toBeCloseTo(20, 6);
});
