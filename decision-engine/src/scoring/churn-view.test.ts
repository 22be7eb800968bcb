import { describe, expect, test } from 'vitest';
import { applyEvent, newProfile } from '../customers/apply-event.js';
import type { CustomerId, Profile } from '../customers/profile.js';
import { churnBand, churnView } from './churn-view.js';
import type { ChurnScorer } from './scorers.js';

const now = new Date('2026-03-01T12:00:00Z');
const scorer: ChurnScorer = {
  version: 'v1',
  horizonDays: 90,
  baseRate: 0.4,
  score: () => ({
    probability: 0.75,
    reasons: [{ text: 'No order for 74 days', feature: 'days_since_order', value: 74, contribution: 1.2 }],
  }),
};

function buyer(context: object = {}): Profile {
  const event = {
    messageId: 'm1',
    type: 'track',
    name: 'Order Completed',
    timestamp: new Date('2026-01-01T12:00:00Z'),
    properties: { total: 20 },
    context: { ...context },
  } as const;
  return applyEvent(newProfile('cus_1' as CustomerId, event.timestamp), event);
}

describe('churnView', () => {
  test('says where the customer stands against the usual, and why', () => {
    expect(churnView({ churn: scorer, leaving: null }, buyer(), { now })).toMatchObject({
      probability: 0.75,
      band: 'likely',
      baseRate: 0.4,
      reasons: [{ text: 'No order for 74 days', source: 'days_since_order', value: 74 }],
    });
  });

  test('says by when, where a model knows', () => {
    const leaving = {
      version: 'w1',
      leftBy: () => Float64Array.from({ length: 52 }, (_, week) => week / 52),
    };
    expect(churnView({ churn: scorer, leaving }, buyer(), { now })?.byWhen).toEqual({
      byWeek: [
        { weeks: 4, probability: 3 / 52 },
        { weeks: 13, probability: 12 / 52 },
        { weeks: 26, probability: 25 / 52 },
        { weeks: 52, probability: 51 / 52 },
      ],
      likelyWeek: 27,
      modelVersion: 'w1',
    });
  });

  test('who never ordered is not scored', () => {
    expect(
      churnView({ churn: scorer, leaving: null }, newProfile('cus_2' as CustomerId, now), { now }),
    ).toBeNull();
  });

  test('who objects to profiling is not scored', () => {
    const context = { consent: { categoryPreferences: { personalisation: false } } };
    expect(churnView({ churn: scorer, leaving: null }, buyer(context), { now })).toBeNull();
  });
});

test.each([
  [0.31, 'unlikely'],
  [0.33, 'watch'],
  [0.69, 'watch'],
  [0.7, 'likely'],
])('at a base rate of 0.4, %d is %s', (probability, band) => {
  expect(churnBand(probability, 0.4)).toBe(band);
});
