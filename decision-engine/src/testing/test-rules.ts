import { parseCatalogue } from '../catalogue/catalogue.js';
import { compileRules, type DecidingRules } from '../decisions/deciding-rules.js';
import { parsePolicies } from '../policy/policies.js';
import { parseSegments, type SegmentInput } from '../segments/segment.js';

const ACTIONS = [
  {
    actionId: 'free-express',
    name: 'Offer free express',
    issue: 'service',
    group: 'delivery',
    class: 'promotional',
    value: { type: 'fixed', amount: 12 },
    startingPropensity: 0.4,
    treatments: [
      {
        treatmentId: 'free-express-agent',
        channel: 'agent',
        title: 'Free express for {{ customer.firstName | default: "the next order" }}',
        body: 'The next order goes out by express, free of charge.',
        talkTrack: 'Would you like your next order by express, free of charge?',
      },
      {
        treatmentId: 'free-express-email',
        channel: 'email',
        title: 'Express',
        subject: 'Free express for you',
        body: 'Hello!',
      },
    ],
  },
  {
    actionId: 'basket-reminder',
    name: 'Remind of the basket',
    issue: 'sales',
    group: 'basket',
    class: 'promotional',
    value: { type: 'fixed', amount: 30 },
    startingPropensity: 0.5,
    applicability: [{ name: 'has a basket', when: { field: 'features.basket_value', op: 'gt', value: 0 } }],
    treatments: [
      {
        treatmentId: 'basket-web',
        channel: 'web',
        title: 'Your basket waits',
        body: 'Use {{ offer.code }}.',
        attributes: { format: 'banner', link: '/basket', button: 'To the basket', image: 'javascript:x' },
        offer: { offerId: 'basket-five' },
      },
      {
        treatmentId: 'basket-agent',
        channel: 'agent',
        title: 'Ask about the basket',
        body: 'Ask about the basket, code {{ offer.code }}',
        offer: { offerId: 'basket-five', validFor: '7d' },
      },
    ],
  },
  {
    actionId: 'thank-you',
    name: 'Say thank you',
    issue: 'service',
    group: 'care',
    class: 'transactional',
    value: { type: 'fixed', amount: 1 },
    startingPropensity: 0.3,
    treatments: [
      { treatmentId: 'thank-you-web', channel: 'web', title: 'Thank you' },
      { treatmentId: 'thank-you-agent', channel: 'agent', title: 'Say thank you' },
    ],
  },
];

const POLICIES = {
  exploration: { default: { strategy: 'greedy' } },
  contact: {
    cooldowns: [
      {
        name: 'not again after a no',
        outcomes: ['rejected'],
        within: '30d',
        suppressFor: '30d',
        per: 'action',
      },
    ],
  },
};

/** Three plain actions: one for agents and e-mail, one for baskets, one for anybody; and segments, where some are given. */
export function testRules(given: readonly SegmentInput[] = []): DecidingRules {
  const catalogue = parseCatalogue(ACTIONS);
  const policies = parsePolicies(POLICIES);
  const segments = parseSegments(given);
  if (!catalogue.ok || !policies.ok || !segments.ok)
    throw new Error(JSON.stringify([catalogue, policies, segments]));
  return compileRules(
    { version: 'test', actions: catalogue.actions },
    { version: 'test', policies: policies.policies },
    segments.segments,
  );
}
