import { describe, expect, it } from 'vitest';
import { FEATURES } from '../features/feature-set.js';
import { CANDIDATE_CATEGORIES, CANDIDATE_COLUMNS } from '../propensity/candidate-columns.js';
import { EXPLAINED_FEATURES, reasonsFromContributions } from './reasons-from-contributions.js';

function factsOf(values: Record<string, number>) {
  return { value: (name: string) => values[name] ?? null, tags: ['toys'] };
}

describe('reasonsFromContributions', () => {
  it('has words for every feature and every property of a candidate', () => {
    const names = [...[...FEATURES, ...CANDIDATE_COLUMNS].map(({ name }) => name), ...CANDIDATE_CATEGORIES];
    expect(names.filter((name) => !EXPLAINED_FEATURES.has(name))).toEqual([]);
  });

  it('adds up features that tell one story and says it in plain words', () => {
    const contributions = new Map([
      ['days_since_order', 0.5],
      ['gap_overdue_ratio', 0.4],
      ['support_unresolved_days', 0.3],
      ['spend_90d', -0.2],
      ['weekend_share', 0.001],
    ]);
    const facts = factsOf({
      days_since_order: 74.4,
      gap_mean: 21.2,
      support_unresolved_days: 3.5,
      order_value_mean: 50,
      spend_365d: 200,
    });
    expect(reasonsFromContributions(contributions, facts)).toEqual([
      {
        text: 'No order for 74 days; usual gap is 21',
        feature: 'days_since_order',
        value: 74.4,
        contribution: 0.9,
      },
      {
        text: 'Waiting for a solution from support for 3 days',
        feature: 'support_contacts_90d',
        value: null,
        contribution: 0.3,
      },
      {
        text: 'Spent 200 in the last year, 50.00 per order',
        feature: 'spend_365d',
        value: 200,
        contribution: -0.2,
      },
    ]);
  });

  it('puts what lowers a low score first', () => {
    const reasons = reasonsFromContributions(
      new Map([
        ['tag_interest', -1],
        ['basket_items', 0.5],
      ]),
      factsOf({ tag_interest: 0 }),
    );
    expect(reasons.map(({ text }) => text)).toEqual([
      'Shows no interest in toys lately',
      'Nothing in the basket',
    ]);
  });

  it('gives no more than asked for, and none where nothing contributed', () => {
    const many = new Map([
      ['days_since_order', 0.5],
      ['orders_90d', 0.4],
      ['basket_items', 0.3],
    ]);
    expect(reasonsFromContributions(many, factsOf({}), 2)).toHaveLength(2);
    expect(reasonsFromContributions(new Map(), factsOf({}))).toEqual([]);
  });
});
