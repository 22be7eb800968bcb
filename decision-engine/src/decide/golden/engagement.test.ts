import type { Condition } from '../../conditions/condition.js';
import { actionOf, contactOf, on } from '../../testing/decision-fixtures.js';
import { goldenDecisions } from '../../testing/golden-decision.js';

const only = (name: string, when: Condition) => actionOf('offer', { eligibility: [{ name, when }] });
const day = 86_400_000;
const viewed = (daysAgo: number) => ({
  name: 'Product Viewed',
  at: new Date(Date.UTC(2026, 10, 22, 12) - daysAgo * day),
});

goldenDecisions('engagement policy', [
  {
    name: 'of age',
    because: '18 is at least 18',
    actions: [only('grown up', { field: 'traits.age', op: 'gte', value: 18 })],
    input: { profile: { traits: { age: 18 } } },
    chosen: ['offer'],
  },
  {
    name: 'age not known',
    because: 'what is not known is not met: nobody is taken for grown up',
    actions: [only('grown up', { field: 'traits.age', op: 'gte', value: 18 })],
    chosen: [],
    stopped: { offer: ['eligibility: grown up'] },
  },
  {
    name: 'age not known and the condition turned round',
    because: 'not (under 18) is not known either, so it is not met',
    actions: [only('not a minor', { not: { field: 'traits.age', op: 'lt', value: 18 } })],
    chosen: [],
    stopped: { offer: ['eligibility: not a minor'] },
  },
  {
    name: 'one known half of an or',
    because: 'a loyal customer qualifies whatever the age',
    actions: [
      only('loyal or grown up', {
        any: [
          { field: 'traits.age', op: 'gte', value: 18 },
          { field: 'segments', op: 'contains', value: 'loyal' },
        ],
      }),
    ],
    input: { profile: { segments: ['loyal'] } },
    chosen: ['offer'],
  },
  {
    name: 'silent for longer than usual',
    because: '74 days are more than twice the usual gap of 21',
    actions: [
      only('overdue', {
        field: 'features.days_since_order',
        op: 'gt',
        value: { field: 'features.usual_gap', times: 2 },
      }),
    ],
    input: { profile: { features: { days_since_order: 74, usual_gap: 21 } } },
    chosen: ['offer'],
  },
  {
    name: 'never ordered, so no usual gap',
    because: 'the comparison has nothing to compare with',
    actions: [
      only('overdue', {
        field: 'features.days_since_order',
        op: 'gt',
        value: { field: 'features.usual_gap', times: 2 },
      }),
    ],
    input: { profile: { features: { days_since_order: null, usual_gap: null } } },
    chosen: [],
  },
  {
    name: 'three views in a week',
    because: 'one of four was eight days ago, three are left',
    actions: [
      only('looks around', { count: 'events', event: 'Product Viewed', within: '7d', op: 'gte', value: 3 }),
    ],
    input: { profile: { recentEvents: [viewed(8), viewed(6), viewed(2), viewed(0)] } },
    chosen: ['offer'],
  },
  {
    name: 'no order in a year where only a month is remembered',
    because: 'what happened before is not known, so "none" can’t be said',
    actions: [
      only('no order', { count: 'events', event: 'Order Completed', within: '52w', op: 'eq', value: 0 }),
    ],
    input: { profile: { recentEventsSince: new Date('2026-10-22T12:00:00Z') } },
    chosen: [],
  },
  {
    name: 'at least one order where only a month is remembered',
    because: 'the one that is remembered settles it',
    actions: [
      only('has ordered', { count: 'events', event: 'Product Viewed', within: '52w', op: 'gte', value: 1 }),
    ],
    input: { profile: { recentEvents: [viewed(3)], recentEventsSince: new Date('2026-10-22T12:00:00Z') } },
    chosen: ['offer'],
  },
  {
    name: 'accepted something this month',
    because: 'outcomes of the contact history can be asked for like events',
    actions: [
      only('said yes lately', {
        count: 'outcomes',
        outcomes: ['accepted'],
        groups: ['offers'],
        within: '30d',
        op: 'gte',
        value: 1,
      }),
    ],
    input: {
      profile: {
        contactHistory: [contactOf('x', { outcome: 'accepted', at: new Date('2026-11-01T12:00:00Z') })],
      },
    },
    chosen: ['offer'],
  },
  {
    name: 'an angry customer',
    because: 'selling to somebody who is angry makes it worse; the apology is suitable',
    actions: [
      actionOf('upsell', {
        suitability: [{ name: 'in a fair mood', when: { field: 'sentiment', op: 'gte', value: -0.3 } }],
      }),
      actionOf('apology', { group: 'service' }),
    ],
    input: { profile: { sentiment: -0.8 }, propensities: { upsell: 0.9 } },
    chosen: ['apology'],
    stopped: { upsell: ['suitability: in a fair mood'] },
  },
  {
    name: 'a rule of the policy for a whole group',
    because: 'no offers while a complaint is open, whichever offer it is',
    actions: [actionOf('offer'), actionOf('help', { group: 'service' })],
    policies: {
      engagement: [
        {
          name: 'no open complaint',
          stage: 'suitability',
          when: { field: 'features.open_complaints', op: 'eq', value: 0 },
          appliesTo: { groups: ['offers'] },
        },
      ],
    },
    input: { profile: { features: { open_complaints: 1 } }, propensities: { offer: 0.9 } },
    chosen: ['help'],
    stopped: { offer: ['suitability: no open complaint'], help: [] },
  },
  {
    name: 'likely to leave',
    because: 'the churn score is above 0.6',
    actions: [only('at risk', { field: 'scores.churn', op: 'gt', value: 0.6 })],
    input: { profile: { scores: { churn: { value: 0.71, reasons: [] }, value: null } } },
    chosen: ['offer'],
  },
  {
    name: 'would buy anyway',
    because:
      'an experiment measured that the discount adds half a point, less than the two it must; content does',
    actions: [actionOf('discount', { minimumUplift: 0.02 }), actionOf('content')],
    input: { propensities: { discount: { probability: 0.6, uplift: 0.005, reasons: [] }, content: 0.3 } },
    chosen: ['content'],
    stopped: { discount: ['suitability: least uplift'] },
  },
  {
    name: 'uplift never measured',
    because: 'without a measurement there is nothing to hold against the discount',
    actions: [actionOf('discount', { minimumUplift: 0.02 }), actionOf('content')],
    input: { propensities: { discount: 0.6, content: 0.3 } },
    chosen: ['discount'],
  },
  {
    name: 'lives in the north, written in lower case',
    because: 'members of a set are compared exactly, upper and lower case matter',
    actions: [only('north', { field: 'traits.region', op: 'in', value: ['North', 'Scotland'] })],
    input: { profile: { traits: { region: 'north' } } },
    chosen: [],
  },
  {
    name: 'joined in the last month',
    because: 'three weeks ago is in the last 30 days',
    actions: [only('new here', { field: 'firstSeenAt', op: 'withinLast', value: '30d' })],
    input: { profile: { firstSeenAt: new Date('2026-11-01T12:00:00Z') } },
    chosen: ['offer'],
  },
  {
    name: 'a birthday trait as text',
    because: 'ISO 8601 text counts as a date: the contract ends in the next 30 days',
    actions: [only('ends soon', { field: 'traits.contractEnds', op: 'withinNext', value: '30d' })],
    input: { profile: { traits: { contractEnds: '2026-12-01T00:00:00Z' } } },
    chosen: ['offer'],
  },
  {
    name: 'text where a number is wanted',
    because: 'an age of "forty" can’t be ordered against 18: not known, not met',
    actions: [only('grown up', { field: 'traits.age', op: 'gte', value: 18 })],
    input: { profile: { traits: { age: 'forty' } } },
    chosen: [],
  },
]);

goldenDecisions('customers who objected to profiling', [
  {
    name: 'scores and behaviour don’t count',
    because:
      'the offer asks for behaviour, which reads as unknown for a promotional action; the plain one is left',
    actions: [only('buys a lot', { field: 'features.orders_90d', op: 'gte', value: 3 }), actionOf('plain')],
    input: { profile: { noProfiling: true, features: { orders_90d: 9 } } },
    chosen: ['plain'],
    stopped: { offer: ['eligibility: buys a lot'] },
  },
  {
    name: 'the model is not asked',
    because: 'ranked by the starting propensity of the actions, not by what the model thinks of this person',
    actions: [actionOf('a', { startingPropensity: 0.3 }), actionOf('b', { startingPropensity: 0.2 })],
    input: { profile: { noProfiling: true }, propensities: { a: 0.01, b: 0.99 } },
    chosen: ['a'],
  },
  {
    name: 'their parcel is still theirs',
    because: 'a message about a late parcel needs to know that it is late; that is service and no marketing',
    actions: [
      on(
        'email',
        actionOf('parcel', {
          class: 'transactional',
          eligibility: [{ name: 'late', when: { field: 'features.late_parcels', op: 'gte', value: 1 } }],
        }),
      ),
    ],
    input: { channels: ['email'], profile: { noProfiling: true, features: { late_parcels: 1 } } },
    chosen: ['parcel'],
  },
]);
