import * as fc from 'fast-check';
import type { ActionInput } from '../catalogue/action.js';
import { channelSchema } from '../catalogue/ids.js';
import type { ConsentRecord, ContactEntry, Suppression } from '../decide/decision-profile.js';
import type { PoliciesInput } from '../policy/policies.js';
import type { InputChanges } from './decision-fixtures.js';

const CHANNELS = ['agent', 'email', 'sms', 'web'] as const;
const ACTIONS = ['a0', 'a1', 'a2', 'a3', 'a4', 'a5'] as const;
const GROUPS = ['g0', 'g1', 'g2'] as const;
const CLASSES = ['promotional', 'promotional', 'transactional', 'mandatory'] as const;
const ZONES = [
  'UTC',
  'Europe/London',
  'America/New_York',
  'Asia/Kolkata',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
  'Australia/Lord_Howe',
];
const PER = ['customer', 'channel', 'class', 'group', 'action'] as const;
const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const OUTCOMES = ['reserved', 'shown', 'clicked', 'accepted', 'rejected', 'ignored'] as const;
const DAY = 86_400_000;
const MINUTE = 60_000;

/** Times around the clock changes of 2026 as well as anywhere else in it. */
const nowArbitrary = fc.oneof(
  fc.integer({ min: 0, max: 365 * 24 * 60 }).map((minutes) => Date.UTC(2026, 0, 1) + minutes * MINUTE),
  fc.integer({ min: -180, max: 180 }).map((minutes) => Date.UTC(2026, 2, 29, 1) + minutes * MINUTE),
  fc.integer({ min: -180, max: 180 }).map((minutes) => Date.UTC(2026, 10, 1, 6) + minutes * MINUTE),
);

const some = <T extends string>(values: readonly T[]) => fc.subarray([...values], { minLength: 1 });
const selector = fc.record(
  {
    channels: some(CHANNELS),
    classes: some(['promotional', 'transactional', 'mandatory']),
    groups: some(GROUPS),
  },
  { requiredKeys: [] },
);
/** One time in four, so that enough is left to choose from. */
const rarely = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, { weight: 1, arbitrary });
const rarelyOne = <T>(arbitrary: fc.Arbitrary<T>) =>
  rarely(arbitrary).map((one) => (one === null ? [] : [one]));
const otherwise = fc.constantFrom('hold' as const, 'drop' as const);
const days = (least: number, most: number) =>
  fc.integer({ min: least, max: most }).map((count) => `${count}d`);
const clock = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom('00', '30'))
  .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${minute}`);

const policiesArbitrary: fc.Arbitrary<PoliciesInput> = fc.record({
  contact: fc.record({
    limits: fc.array(
      fc.record({
        name: fc.constant('limit'),
        appliesTo: selector,
        per: fc.constantFrom(...PER),
        max: fc.integer({ min: 0, max: 6 }),
        window: days(1, 7),
        otherwise,
      }),
      { maxLength: 2 },
    ),
    cooldowns: fc.array(
      fc.record({
        name: fc.constant('cooldown'),
        appliesTo: selector,
        outcomes: some(['rejected', 'ignored', 'accepted']),
        times: fc.integer({ min: 1, max: 2 }),
        within: days(1, 20),
        suppressFor: days(1, 10),
        per: fc.constantFrom(...PER),
        otherwise,
      }),
      { maxLength: 1 },
    ),
    quietHours: rarelyOne(
      fc
        .record({ name: fc.constant('quiet'), appliesTo: selector, from: clock, to: clock, otherwise })
        .filter(({ from, to }) => from !== to),
    ),
    allowedDays: rarelyOne(
      fc.record({ name: fc.constant('days'), appliesTo: selector, days: some(WEEKDAYS), otherwise }),
    ),
  }),
  diversity: fc.record({ maxPerGroup: fc.integer({ min: 1, max: 2 }) }, { requiredKeys: [] }),
  exploration: fc.record({
    default: fc.constantFrom(
      { strategy: 'greedy' as const },
      { strategy: 'thompson' as const },
      { strategy: 'epsilon' as const, epsilon: 0.3 },
      { strategy: 'softmax' as const, temperature: 0.5 },
    ),
  }),
  globalHoldOut: fc.constantFrom({ share: 0 }, { share: 0.2 }),
});

function actionArbitrary(actionId: string, now: number): fc.Arbitrary<ActionInput> {
  const near = fc.integer({ min: -3, max: 3 });
  return fc
    .record({
      class: fc.constantFrom(...CLASSES),
      group: fc.constantFrom(...GROUPS),
      amount: fc.integer({ min: 0, max: 50 }),
      cost: fc.integer({ min: 0, max: 20 }),
      starts: rarely(near),
      lasts: rarely(fc.integer({ min: 1, max: 4 })),
      least: rarely(fc.integer({ min: 0, max: 5 })),
      totalContacts: rarely(fc.integer({ min: 0, max: 20 })),
      budget: rarely(fc.integer({ min: 0, max: 200 })),
      acceptancesPerCustomer: rarely(fc.constant(1)),
      contactsPerCustomer: rarely(fc.integer({ min: 0, max: 3 })),
      channels: some(CHANNELS),
      fallback: fc.integer({ min: 0, max: 9 }).map((die) => die === 0),
      startingPropensity: fc.double({ min: 0, max: 1, noNaN: true }),
    })
    .map(({ amount, starts, lasts, least, channels, ...rest }) => ({
      class: rest.class,
      group: rest.group,
      cost: rest.cost,
      fallback: rest.fallback,
      startingPropensity: rest.startingPropensity,
      limits: {
        totalContacts: rest.totalContacts ?? undefined,
        budget: rest.budget ?? undefined,
        acceptancesPerCustomer: rest.acceptancesPerCustomer ?? undefined,
        contactsPerCustomer: rest.contactsPerCustomer ?? undefined,
      },
      actionId,
      name: actionId,
      issue: 'sales',
      value: { type: 'fixed', amount },
      ...(starts === null ? {} : { startsAt: new Date(now + starts * DAY) }),
      ...(lasts === null ? {} : { endsAt: new Date(now + (starts ?? -2) * DAY + lasts * DAY) }),
      eligibility:
        least === null ? [] : [{ name: 'enough', when: { field: 'features.x', op: 'gte', value: least } }],
      treatments: channels.map((name) => ({ treatmentId: name, channel: name, title: actionId })),
    }));
}

function contactArbitrary(now: number): fc.Arbitrary<ContactEntry> {
  return fc.record({
    at: fc.integer({ min: 0, max: 25 * 24 * 60 }).map((minutes) => new Date(now - minutes * MINUTE)),
    outcome: fc.constantFrom(...OUTCOMES),
    decisionId: fc.integer({ min: 0, max: 12 }).map((number) => `d${number}`),
    actionId: fc.constantFrom(...ACTIONS),
    treatmentId: fc.constantFrom(...CHANNELS),
    groupId: fc.constantFrom(...GROUPS),
    issueId: fc.constant('sales'),
    class: fc.constantFrom(...CLASSES),
    channel: fc.constantFrom(...CHANNELS),
  });
}

function consentRecord(state: ConsentRecord['state']): ConsentRecord {
  return { state, source: 'test', at: new Date(0) };
}

const stateArbitrary = fc
  .constantFrom(...(['granted', 'granted', 'granted', 'denied', 'unknown'] as const))
  .map(consentRecord);
const channelConsent = fc.record(
  { marketing: stateArbitrary, service: stateArbitrary },
  { requiredKeys: [] },
);
const consentArbitrary = fc.record(
  { agent: channelConsent, email: channelConsent, sms: channelConsent, web: channelConsent },
  { requiredKeys: [] },
);

function suppressionArbitrary(now: number): fc.Arbitrary<Suppression> {
  return fc.record(
    {
      kind: fc.constantFrom('legal' as const, 'pause' as const),
      reason: fc.constant('test'),
      channel: fc.constantFrom(...CHANNELS).map((name) => channelSchema.parse(name)),
      classes: some(['promotional' as const, 'transactional' as const]),
      until: fc.integer({ min: -3, max: 3 }).map((offset) => new Date(now + offset * DAY)),
    },
    { requiredKeys: ['kind', 'reason'] },
  );
}

function inputArbitrary(now: number): fc.Arbitrary<InputChanges> {
  return fc
    .record({
      profile: fc.record({
        bucketingKey: fc.integer({ min: 0, max: 1_000 }).map((number) => `key-${number}`),
        consent: consentArbitrary,
        suppressions: rarelyOne(suppressionArbitrary(now)),
        noProfiling: fc.integer({ min: 0, max: 6 }).map((die) => die === 0),
        timeZone: fc.constantFrom(...ZONES),
        features: fc.record({ x: fc.option(fc.integer({ min: 0, max: 5 })) }),
        contactHistory: fc.array(contactArbitrary(now), { maxLength: 10 }),
      }),
      channels: some(CHANNELS),
      slots: fc.integer({ min: 1, max: 4 }),
      seed: fc.integer({ min: 0, max: 1_000_000 }).map(String),
      usage: fc.dictionary(
        fc.constantFrom(...ACTIONS),
        fc.record({
          contacts: fc.integer({ min: 0, max: 25 }),
          acceptances: fc.integer({ min: 0, max: 5 }),
          spent: fc.integer({ min: 0, max: 220 }),
        }),
      ),
      scores: fc.array(
        fc.record({
          probability: fc.double({ min: 0, max: 1, noNaN: true }),
          standardError: fc.double({ min: 0, max: 0.2, noNaN: true }),
        }),
        {
          minLength: ACTIONS.length,
          maxLength: ACTIONS.length,
        },
      ),
    })
    .map(({ slots, usage, scores, ...rest }) => ({
      ...rest,
      now: new Date(now),
      context: { slots },
      usage: new Map(Object.entries(usage)),
      propensities: Object.fromEntries(
        scores.map((score, index) => [`a${index}`, { ...score, reasons: [] }]),
      ),
    }));
}

export type RandomDecision = {
  readonly actions: readonly ActionInput[];
  readonly policies: PoliciesInput;
  readonly input: InputChanges;
};

/** Catalogue, policies, customer and moment, all at random, close enough together for every rule to bite. */
export const decisionArbitrary: fc.Arbitrary<RandomDecision> = nowArbitrary.chain((now) =>
  fc.record({
    actions: fc.tuple(...ACTIONS.map((actionId) => actionArbitrary(actionId, now))),
    policies: policiesArbitrary,
    input: inputArbitrary(now),
  }),
);
