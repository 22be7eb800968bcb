import type { ActionInput } from '../catalogue/action.js';
import type { PoliciesInput } from '../policy/policies.js';

/** Actions as a shop has them: conditions at every stage, levers, weights, limits. */
export function benchActions(count: number): ActionInput[] {
  return Array.from({ length: count }, (_, index) => ({
    actionId: `action-${index}`,
    name: `Do action-${index}`,
    class: 'promotional' as const,
    group: `group-${index % 7}`,
    issue: `issue-${index % 3}`,
    value: { type: 'fixed', amount: 10 + (index % 13) },
    levers: [{ name: 'season', percent: index % 20 }],
    limits: { budget: 10_000, contactsPerCustomer: 20 },
    startsAt: '2026-01-01T00:00:00Z',
    endsAt: '2027-01-01T00:00:00Z',
    eligibility: [{ name: 'grown up', when: { field: 'traits.age', op: 'gte', value: 18 + (index % 3) } }],
    applicability: [
      {
        name: 'bought lately or looks around',
        when: {
          any: [
            { field: 'features.orders_90d', op: 'gte', value: 1 + (index % 2) },
            { count: 'events', event: 'Product Viewed', within: '7d', op: 'gte', value: 3 },
          ],
        },
      },
    ],
    suitability: [{ name: 'not angry', when: { field: 'sentiment', op: 'gt', value: -0.5 } }],
    contextWeights: [
      {
        name: 'talks about delivery',
        when: { field: 'context.topic', op: 'eq', value: 'delivery' },
        percent: 30,
      },
    ],
    treatments: [{ treatmentId: 'email', channel: 'email', title: `Action ${index}`, body: 'Hello' }],
  }));
}

/** Every kind of contact rule at once. */
export const BENCH_POLICIES: PoliciesInput = {
  engagement: [
    {
      name: 'no open complaint',
      stage: 'suitability',
      when: { field: 'features.support_unresolved', op: 'eq', value: 0 },
    },
  ],
  contact: {
    limits: [
      { name: 'three a week', max: 3, window: '7d' },
      { name: 'one a day by mail', appliesTo: { channels: ['email'] }, max: 1, window: '1d' },
      { name: 'two of a group a month', per: 'group', max: 2, window: '30d' },
      { name: 'one of an action a fortnight', per: 'action', max: 1, window: '14d' },
    ],
    cooldowns: [
      {
        name: 'two rejections',
        outcomes: ['rejected'],
        times: 2,
        within: '30d',
        suppressFor: '60d',
        per: 'group',
      },
      {
        name: 'ignored thrice',
        outcomes: ['ignored'],
        times: 3,
        within: '30d',
        suppressFor: '30d',
        per: 'channel',
      },
    ],
    quietHours: [{ name: 'night', from: '21:00', to: '08:00' }],
    allowedDays: [{ name: 'not on Saturday', days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sun'] }],
  },
  experiments: [
    { experimentId: 'x1', variants: [{ variantId: 'a' }, { variantId: 'b', withhold: ['action-3'] }] },
  ],
  globalHoldOut: { share: 0.000001 },
};
