import { actionOf } from '../../testing/decision-fixtures.js';
import { goldenDecisions } from '../../testing/golden-decision.js';

const worth = (amount: number) => ({ type: 'fixed' as const, amount });

goldenDecisions('arbitration', [
  {
    name: 'the likelier of two that are worth the same',
    because: '0.3 x 10 = 3 is more than 0.2 x 10 = 2',
    actions: [actionOf('a'), actionOf('b')],
    input: { propensities: { a: 0.2, b: 0.3 } },
    chosen: ['b'],
  },
  {
    name: 'the unlikely one that is worth much',
    because: '0.05 x 100 = 5 is more than 0.3 x 10 = 3',
    actions: [actionOf('a'), actionOf('b', { value: worth(100) })],
    input: { propensities: { a: 0.3, b: 0.05 } },
    chosen: ['b'],
  },
  {
    name: 'a discount that eats its own value',
    because: 'of 30 the discount costs 25, so 0.4 x 5 = 2 is less than 0.3 x 10 = 3',
    actions: [actionOf('discount', { value: worth(30), cost: 25 }), actionOf('content')],
    input: { propensities: { discount: 0.4, content: 0.3 } },
    chosen: ['content'],
  },
  {
    name: 'a lever',
    because: 'stock must go: 0.2 x 10 x 1.6 = 3.2 beats 0.3 x 10 = 3',
    actions: [actionOf('a', { levers: [{ name: 'stock', percent: 60 }] }), actionOf('b')],
    input: { propensities: { a: 0.2, b: 0.3 } },
    chosen: ['a'],
  },
  {
    name: 'levers of policy and action add up',
    because: '40 % and 20 % make 1.6, not 1.68: 0.2 x 10 x 1.6 = 3.2 loses to 0.33 x 10 = 3.3',
    actions: [actionOf('a', { group: 'stock', levers: [{ name: 'own', percent: 20 }] }), actionOf('b')],
    policies: { levers: [{ name: 'group', percent: 40, appliesTo: { groups: ['stock'] } }] },
    input: { propensities: { a: 0.2, b: 0.33 } },
    chosen: ['b'],
  },
  {
    name: 'a lever of -100',
    because: 'it takes the action out of the race without switching it off: priority 0',
    actions: [actionOf('a', { levers: [{ name: 'hush', percent: -100 }] }), actionOf('b')],
    input: { propensities: { a: 0.9, b: 0.01 } },
    chosen: ['b'],
  },
  {
    name: 'the topic of the conversation',
    because: 'the customer talks about delivery, which weighs the delivery action 1.5: 3 beats 2.5',
    actions: [
      actionOf('express', {
        contextWeights: [
          {
            name: 'about delivery',
            when: { field: 'context.topic', op: 'eq', value: 'delivery' },
            percent: 50,
          },
        ],
      }),
      actionOf('upsell'),
    ],
    input: { context: { topic: 'delivery' }, propensities: { express: 0.2, upsell: 0.25 } },
    chosen: ['express'],
  },
  {
    name: 'another topic',
    because: 'without the weight 0.2 x 10 = 2 loses to 2.5',
    actions: [
      actionOf('express', {
        contextWeights: [
          {
            name: 'about delivery',
            when: { field: 'context.topic', op: 'eq', value: 'delivery' },
            percent: 50,
          },
        ],
      }),
      actionOf('upsell'),
    ],
    input: { context: { topic: 'sizes' }, propensities: { express: 0.2, upsell: 0.25 } },
    chosen: ['upsell'],
  },
  {
    name: 'an intent seen in this session',
    because: 'searching for gifts weighs the gift card double: 4 beats 3',
    actions: [actionOf('gift-card'), actionOf('socks')],
    policies: {
      contextWeights: [
        {
          name: 'looks for gifts',
          when: { field: 'context.intents', op: 'contains', value: 'gift' },
          percent: 100,
          appliesTo: { actions: ['gift-card'] },
        },
      ],
    },
    input: { context: { intents: ['gift'] }, propensities: { 'gift-card': 0.2, socks: 0.3 } },
    chosen: ['gift-card'],
  },
  {
    name: 'an intent the policies read from the session',
    because:
      'two searches in the last half hour say she is looking for a gift, which weighs the gift card double: 4 beats 3',
    actions: [actionOf('gift-card'), actionOf('socks')],
    policies: {
      intents: [
        {
          intent: 'gift',
          when: { count: 'events', event: 'Gifts Searched', within: '30m', op: 'gte', value: 2 },
        },
      ],
      contextWeights: [
        {
          name: 'looks for gifts',
          when: { field: 'context.intents', op: 'contains', value: 'gift' },
          percent: 100,
          appliesTo: { actions: ['gift-card'] },
        },
      ],
    },
    input: {
      profile: {
        recentEvents: ['11:45', '11:58'].map((time) => ({
          name: 'Gifts Searched',
          at: new Date(`2026-11-22T${time}:00Z`),
        })),
      },
      propensities: { 'gift-card': 0.2, socks: 0.3 },
    },
    chosen: ['gift-card'],
  },
  {
    name: 'an event a millisecond ago',
    because: 'the coupon failed in this very session; help with it comes first at once',
    actions: [
      actionOf('help', {
        applicability: [
          {
            name: 'a coupon was just refused',
            when: { count: 'events', event: 'Coupon Denied', within: '10m', op: 'gte', value: 1 },
          },
        ],
      }),
      actionOf('socks'),
    ],
    input: {
      profile: { recentEvents: [{ name: 'Coupon Denied', at: new Date('2026-11-22T11:59:59.999Z') }] },
      propensities: { help: 0.5, socks: 0.3 },
    },
    chosen: ['help'],
  },
  {
    name: 'value switched off',
    because: 'ranked by likelihood alone, 0.3 beats 0.05 whatever it is worth',
    actions: [actionOf('a'), actionOf('b', { value: worth(100) })],
    policies: { ranking: { factors: { value: false } } },
    input: { propensities: { a: 0.3, b: 0.05 } },
    chosen: ['a'],
  },
  {
    name: 'propensity switched off',
    because: 'ranked by worth alone, 100 beats 10',
    actions: [actionOf('a'), actionOf('b', { value: worth(100) })],
    policies: { ranking: { factors: { propensity: false } } },
    input: { propensities: { a: 0.9, b: 0.001 } },
    chosen: ['b'],
  },
  {
    name: 'a ranking formula',
    because:
      'the company ranks by value only where the propensity is above a tenth: b is worth more but too unlikely',
    actions: [actionOf('a'), actionOf('b', { value: worth(100) })],
    policies: {
      ranking: {
        formula: { if: { field: 'propensity', op: 'gt', value: 0.1 }, use: { field: 'value' }, else: 0 },
      },
    },
    input: { propensities: { a: 0.2, b: 0.05 } },
    chosen: ['a'],
  },
  {
    name: 'value as a share of the customer value',
    because: 'half of an expected margin of 90 is 45: 0.1 x 45 = 4.5 beats 0.4 x 10 = 4',
    actions: [actionOf('keep', { value: { type: 'model', share: 0.5 } }), actionOf('sell')],
    input: {
      profile: { scores: { churn: null, value: { value: 90, reasons: [] } } },
      propensities: { keep: 0.1, sell: 0.4 },
    },
    chosen: ['keep'],
  },
  {
    name: 'value as a share where the value is not known',
    because: 'it falls back to 20: 0.1 x 20 = 2 loses to 4',
    actions: [actionOf('keep', { value: { type: 'model', share: 0.5, fallback: 20 } }), actionOf('sell')],
    input: { propensities: { keep: 0.1, sell: 0.4 } },
    chosen: ['sell'],
  },
  {
    name: 'value by formula',
    because: 'a tenth of a basket of 80 is 8: 0.5 x 8 = 4 beats 0.3 x 10 = 3',
    actions: [
      actionOf('basket', {
        value: { type: 'formula', formula: { multiply: [0.1, { field: 'features.basket_value' }] } },
      }),
      actionOf('sell'),
    ],
    input: { profile: { features: { basket_value: 80 } }, propensities: { basket: 0.5, sell: 0.3 } },
    chosen: ['basket'],
  },
  {
    name: 'an SMS that costs more than it brings',
    because: '0.01 x 10 - 0.15 is below zero: saying nothing is better',
    actions: [
      actionOf('text', {
        treatments: [{ treatmentId: 'sms', channel: 'sms', title: 'Text', contactCost: 0.15 }],
      }),
    ],
    input: { channels: ['sms'], propensities: { text: 0.01 } },
    chosen: [],
    stopped: { text: ['arbitration: least priority'] },
  },
  {
    name: 'too unlikely to bother anybody with',
    because: 'the policy wants at least 2 % and this one has 1 %, whatever it is worth',
    actions: [actionOf('a', { value: worth(10_000) })],
    policies: { ranking: { minimumPropensity: 0.02 } },
    input: { propensities: { a: 0.01 } },
    chosen: [],
    stopped: { a: ['arbitration: least propensity'] },
  },
  {
    name: 'a mandatory action beside a lucrative one',
    because: 'the recall notice goes first, whatever its priority',
    actions: [
      actionOf('sell', { value: worth(1_000) }),
      actionOf('recall', { class: 'mandatory', group: 'safety', value: worth(0) }),
    ],
    input: { propensities: { sell: 0.9, recall: 0.01 } },
    chosen: ['recall'],
  },
  {
    name: 'a mandatory action and a second slot',
    because: 'the recall takes the first slot, the best of the others the second',
    actions: [
      actionOf('sell', { value: worth(1_000) }),
      actionOf('socks'),
      actionOf('recall', { class: 'mandatory', group: 'safety', value: worth(0) }),
    ],
    input: { context: { slots: 2 } },
    chosen: ['recall', 'sell'],
  },
]);
