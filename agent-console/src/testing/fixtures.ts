import type {
  CustomerView,
  DecideAnswer,
  InboxItem,
  RankedAction,
  TimelineItem,
} from '../engine/engine-types';

/** Everything in the fixtures happens around this moment, unless a test says otherwise. */
export const FIXTURE_NOW = Date.UTC(2026, 10, 22, 13, 5);

export const minutesBefore = (now: number, minutes: number): string =>
  new Date(now - minutes * 60_000).toISOString();

type Person = {
  id: string;
  name: string;
  email: string;
  zone: string;
  churn: number;
  why: string;
  kind: InboxItem['kind'];
};

const WHYS: ReadonlyArray<readonly [InboxItem['kind'], string]> = [
  ['unhappy', 'Late parcel, second complaint this week'],
  ['basket', 'Left £184 in the basket'],
  ['leaving', 'No order for 94 days'],
  ['delivery', 'Delivery moved to Thursday'],
  ['active', 'Comparing three kettles now'],
  ['unhappy', 'Broken item, waiting for an answer'],
  ['leaving', 'Orders half as often as before'],
  ['basket', 'Checkout broken off at payment'],
];
const FIRST = [
  'Amara',
  'Jonas',
  'Priya',
  'Mateo',
  'Hana',
  'Oliver',
  'Zofia',
  'Kwame',
  'Ines',
  'Lucas',
  'Mei',
  'Noor',
];
const LAST = [
  'Okafor',
  'Lindqvist',
  'Raman',
  'Alvarez',
  'Sato',
  'Bennett',
  'Kowalska',
  'Mensah',
  'Duarte',
  'Moreau',
];

export function person(index: number): Person {
  const [kind, why] = WHYS[index % WHYS.length] ?? ['active', 'Active now'];
  const first = FIRST[(index * 5) % FIRST.length] ?? 'Amara';
  const last = LAST[(index * 3) % LAST.length] ?? 'Okafor';
  return {
    id: `cus_${String(index).padStart(4, '0')}`,
    name: `${first} ${last}`,
    email: `${first}.${last}@example.com`.toLowerCase(),
    zone: index % 2 === 0 ? 'Europe/Berlin' : 'Europe/London',
    churn: [0.78, 0.44, 0.83, 0.31, 0.12, 0.66, 0.58, 0.24][index % 8] ?? 0.3,
    why,
    kind,
  };
}

const bandOf = (churn: number): 'unlikely' | 'watch' | 'likely' =>
  churn >= 0.6 ? 'likely' : churn >= 0.35 ? 'watch' : 'unlikely';

export function inboxItem(index: number, now: number): InboxItem {
  const someone = person(index);
  return {
    customerId: someone.id,
    displayName: someone.name,
    why: someone.why,
    kind: someone.kind,
    urgency: Math.max(0.4, 48 - index * 1.7),
    currency: 'GBP',
    churn: index % 9 === 7 ? null : { probability: someone.churn, band: bandOf(someone.churn) },
    assigned: null,
    lastEventAt: minutesBefore(now, 1 + index * index * 3),
  };
}

export function customerFixture(index: number, now: number): CustomerView {
  const someone = person(index);
  return {
    customerId: someone.id,
    displayName: someone.name,
    identities: [
      { kind: 'email', value: someone.email },
      { kind: 'userId', value: `shop-${2040 + index}` },
      { kind: 'anonymousId', value: '9b2f6c1e-4f0d-4f37-9a51-0c2f6f0b7a11' },
    ],
    traits: { plan: 'Plus', city: someone.zone === 'Europe/Berlin' ? 'Berlin' : 'Leeds', newsletter: true },
    computedTraits: [
      {
        traitId: 'orders90Days',
        name: 'Orders in 90 days',
        value: 3,
        at: minutesBefore(now, 60 * 24 * 4),
      },
      {
        traitId: 'favouriteCategory',
        name: 'Buys most often from',
        value: 'Kitchen',
        at: minutesBefore(now, 60 * 24 * 90),
      },
    ],
    consent: [
      {
        channel: 'email',
        purpose: 'marketing',
        state: 'granted',
        source: 'checkout',
        at: minutesBefore(now, 60 * 24 * 200),
      },
      {
        channel: 'sms',
        purpose: 'marketing',
        state: 'denied',
        source: 'preference centre',
        at: minutesBefore(now, 60 * 24 * 40),
      },
      { channel: 'push', purpose: 'marketing', state: 'unknown', source: '', at: null },
    ],
    timeZone: someone.zone,
    utcOffsetMinutes: someone.zone === 'Europe/Berlin' ? 60 : 0,
    language: someone.zone === 'Europe/Berlin' ? 'de' : 'en',
    firstSeenAt: minutesBefore(now, 60 * 24 * 610),
    lastSeenAt: minutesBefore(now, 1 + index * index * 3),
    churn: {
      probability: someone.churn,
      horizonDays: 90,
      band: bandOf(someone.churn),
      baseRate: 0.38,
      reasons: [
        {
          text: 'No order for 94 days, usual gap is 31',
          source: 'recencyDays',
          value: 94,
          contribution: 0.21,
        },
        {
          text: 'Two support contacts this month',
          source: 'supportContacts30',
          value: 2,
          contribution: 0.11,
        },
        { text: 'Customer for almost two years', source: 'tenureDays', value: 610, contribution: -0.07 },
      ],
      modelVersion: 'churn-2026-11-20-a',
      byWhen: {
        byWeek: [4, 13, 26, 52].map((weeks) => ({
          weeks,
          probability: 1 - (1 - someone.churn) * Math.exp(-weeks / 40),
        })),
        likelyWeek: likelyWeek(someone.churn),
        modelVersion: 'survival-2026-11-20-a',
      },
    },
    contactBudgets: [
      {
        name: 'At most 2 promotional e-mails a week',
        max: 2,
        used: index % 3,
        window: '7d',
        freeAt: index % 3 < 2 ? null : minutesBefore(now, -60 * 24 * 3),
      },
      { name: 'At most 1 promotional text message in 2 weeks', max: 1, used: 0, window: '14d', freeAt: null },
    ],
    propensities: [
      {
        group: 'delivery',
        actionId: 'free-express',
        name: 'Free express on the delayed order',
        probability: 0.42,
      },
      { group: 'guides', actionId: 'kettle-guide', name: 'Kettle buying guide', probability: 0.24 },
      { group: 'vouchers', actionId: 'voucher-10', name: '£10 voucher', probability: 0.09 },
    ],
    summary: {
      orders: 12,
      revenue: 1204.5,
      currency: 'GBP',
      averageOrderValue: 100.38,
      daysSinceOrder: 94,
      sessions30Days: 7,
      supportContacts90Days: 2,
    },
    basket: index % 3 === 1 ? { items: 3, value: 184, daysOld: 0.2 } : null,
  };
}

const TITLES: ReadonlyArray<readonly [TimelineItem['kind'], string, string]> = [
  ['event', 'Support conversation opened', 'Late parcel: “It was meant to be here on Tuesday”'],
  ['event', 'Viewed Cast-iron kettle, 1.2 l', '£64.00 in Kitchen'],
  ['decision', 'Suggested free express on the delayed order', 'First of 3, from 14 candidates'],
  ['outcome', 'Said yes to the kettle buying guide', 'Dana Whitfield: sent the link'],
  ['delivery', 'E-mail “Your kettle guide”', 'Not sent: no SMTP_URL'],
  ['event', 'Added Oak serving board to the basket', '£38.00, 1 piece'],
  ['event', 'Order completed', '£121.40, 4 items, order 20418'],
  ['event', 'Visited Delivery and returns', 'From the confirmation e-mail'],
];

export function timelineFixture(index: number, now: number): TimelineItem[] {
  return Array.from({ length: 130 }, (_, position) => {
    const [kind, title, detail] = TITLES[(position + index) % TITLES.length] ?? ['event', 'Page viewed', ''];
    return {
      id: `tl_${index}_${position}`,
      kind,
      at: minutesBefore(now, 2 + position * position * 1.9),
      title,
      detail,
      decisionId: kind === 'event' ? null : `dec_${index}_0`,
    };
  });
}

type DecisionOptions = { index: number; version: number; now: number; without: ReadonlySet<string> };

const ACTIONS: ReadonlyArray<Omit<RankedAction, 'rank'>> = [
  {
    actionId: 'free-express',
    name: 'Offer free express on the delayed order',
    issue: 'Retain',
    group: 'Service recovery',
    class: 'promotional',
    treatment: {
      treatmentId: 'free-express-agent',
      channel: 'agent',
      title: 'Free express on order 20418',
      body: 'I am sorry your parcel is late. I have moved it to express at no cost, so it reaches you tomorrow before noon.',
      talkTrack: 'Say sorry first, then the new date. Do not explain the carrier.',
    },
    propensity: 0.42,
    value: 31,
    priority: 13.02,
    probability: 0.9,
    reasons: [
      { text: 'Parcel is three days late', source: 'deliveryDelayDays', value: 3, contribution: 0.16 },
      { text: 'Wrote twice about it this week', source: 'supportContacts7', value: 2, contribution: 0.08 },
      {
        text: 'Said yes to service offers before',
        source: 'acceptedService',
        value: 0.5,
        contribution: 0.05,
      },
    ],
  },
  {
    actionId: 'kettle-guide',
    name: 'Send the kettle buying guide',
    issue: 'Grow',
    group: 'Advice',
    class: 'promotional',
    treatment: {
      treatmentId: 'kettle-guide-agent',
      channel: 'agent',
      title: 'Kettle guide',
      body: 'You were looking at kettles. This short guide says which one suits which stove.',
      talkTrack: null,
    },
    propensity: 0.24,
    value: 18,
    priority: 4.32,
    probability: 0.8,
    reasons: [
      {
        text: 'Looked at kettles five times this week',
        source: 'categoryViews7',
        value: 5,
        contribution: 0.09,
      },
      { text: 'Opens advice e-mails', source: 'openRate', value: 0.61, contribution: 0.04 },
    ],
  },
  {
    actionId: 'ask-back',
    name: 'Ask how the last order went',
    issue: 'Retain',
    group: 'Care',
    class: 'transactional',
    treatment: {
      treatmentId: 'ask-back-agent',
      channel: 'agent',
      title: 'How was it?',
      body: 'May I ask how the serving board from your last order is doing?',
      talkTrack: null,
    },
    propensity: null,
    value: 6,
    priority: 2.1,
    probability: 1,
    reasons: [
      {
        text: 'No one has asked since the complaint',
        source: 'rule:ask-after-complaint',
        value: null,
        contribution: null,
      },
    ],
  },
];

export function decisionFixture({ index, version, now, without }: DecisionOptions): DecideAnswer {
  const actions = ACTIONS.filter((action) => !without.has(action.actionId)).map((action, position) => ({
    ...action,
    rank: position + 1,
  }));
  return {
    decisionId: `dec_${index}_${version}`,
    customerId: person(index).id,
    channel: 'agent',
    decidedAt: new Date(now).toISOString(),
    actions,
    none:
      actions.length === 0
        ? 'Every action was answered or rests for now. The first is free again in 3 days.'
        : null,
    churn: customerFixture(index, now).churn,
  };
}

/** When it is more likely than not that no order comes after, by the curve of the fixtures. */
function likelyWeek(churn: number): number | null {
  const week = Math.max(1, Math.ceil(40 * Math.log(2 * (1 - churn))));
  return week > 52 ? null : week;
}
