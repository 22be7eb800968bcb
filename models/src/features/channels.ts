import { z } from 'zod';
import { OUTCOME_EVENT_NAMES } from '../events/outcome-events.js';
import type { JsonObject, SegueEvent } from '../events/segue-event.js';
import { addToLedger, dayLedgerSchema, emptyLedger, sumsSince, totals } from './day-ledger.js';
import type { FeatureFamily, FeatureSpec } from './feature-family.js';
import { textOf } from './order-facts.js';
import { dayOf, daysSince, hoursSince, laterOf } from './time-units.js';

/** Channels told apart; every other name counts as `other`. */
export const CHANNELS = ['email', 'sms', 'push', 'chat', 'web', 'agent', 'other'] as const;
export type ChannelName = (typeof CHANNELS)[number];

const KEPT_DAYS = 60;

const channelSchema = z.object({
  channel: z.enum(CHANNELS),
  /** Columns: shown, opened, clicked, accepted. */
  ledger: dayLedgerSchema,
  lastShown: z.number().nullable(),
});
const schema = z.object({
  /** Channels used so far, by name. */
  channels: z.array(channelSchema),
  unsubscribed: z.number().nullable(),
  subscribed: z.number().nullable(),
});
export type ChannelsState = z.infer<typeof schema>;
type ChannelUse = z.infer<typeof channelSchema>;

export type ChannelsView = {
  readonly used: ReadonlyMap<ChannelName, ChannelUse>;
  readonly now: number;
  readonly lastShown: number | null;
  readonly optedOut: boolean;
};

const ALIASES: Readonly<Record<string, ChannelName>> = {
  'e-mail': 'email',
  mail: 'email',
  text: 'sms',
  'web-push': 'push',
  app: 'push',
  whatsapp: 'chat',
  messenger: 'chat',
  telegram: 'chat',
  'live-chat': 'chat',
  site: 'web',
  onsite: 'web',
  phone: 'agent',
  call: 'agent',
};

/** The known channel a name stands for. */
export function channelName(name: string): ChannelName {
  const lower = name.toLowerCase();
  return CHANNELS.find((channel) => channel === lower) ?? ALIASES[lower] ?? 'other';
}

type Use = { readonly channel?: ChannelName; readonly amounts: readonly [number, number, number, number] };
const SHOWN = [1, 0, 0, 0] as const;
const OPENED = [0, 1, 0, 0] as const;
const CLICKED = [0, 0, 1, 0] as const;
const ACCEPTED = [0, 0, 0, 1] as const;

/** Our own messages come as outcomes; those of other senders as Segment's e-mail and push events. */
const USES: Readonly<Record<string, Use>> = {
  [OUTCOME_EVENT_NAMES.shown]: { amounts: SHOWN },
  [OUTCOME_EVENT_NAMES.clicked]: { amounts: CLICKED },
  [OUTCOME_EVENT_NAMES.accepted]: { amounts: ACCEPTED },
  'Email Delivered': { channel: 'email', amounts: SHOWN },
  'Email Opened': { channel: 'email', amounts: OPENED },
  'Email Link Clicked': { channel: 'email', amounts: CLICKED },
  'SMS Delivered': { channel: 'sms', amounts: SHOWN },
  'Push Notification Received': { channel: 'push', amounts: SHOWN },
  'Push Notification Tapped': { channel: 'push', amounts: CLICKED },
};

function update(state: ChannelsState, event: SegueEvent): ChannelsState {
  if (event.type !== 'track') {
    return state;
  }
  const time = event.timestamp.getTime();
  if (event.name === 'Unsubscribed' || event.name === 'Email Marked as Spam') {
    return { ...state, unsubscribed: laterOf(state.unsubscribed, time) };
  }
  if (event.name === 'Subscribed') {
    return { ...state, subscribed: laterOf(state.subscribed, time) };
  }
  const use = USES[event.name];
  if (use === undefined || isReceiptOfOurs(use, event.properties)) {
    return state;
  }
  const channel = use.channel ?? channelName(textOf(event.properties['channel']) ?? 'other');
  const known = state.channels.find((entry) => entry.channel === channel);
  const [shown] = use.amounts;
  const entry: ChannelUse = {
    channel,
    ledger: addToLedger(known?.ledger ?? emptyLedger(4), dayOf(time), {
      amounts: use.amounts,
      keep: KEPT_DAYS,
    }),
    lastShown: shown === 1 ? laterOf(known?.lastShown ?? null, time) : (known?.lastShown ?? null),
  };
  const others = state.channels.filter((other) => other.channel !== channel);
  return { ...state, channels: [...others, entry].sort((a, b) => (a.channel < b.channel ? -1 : 1)) };
}

/** A delivery receipt of one of our own messages: its `Action Shown` already counts. */
function isReceiptOfOurs(use: Use, properties: JsonObject): boolean {
  return use.channel !== undefined && use.amounts !== OPENED && properties['decision_id'] !== undefined;
}

function view(state: ChannelsState, now: number): ChannelsView {
  const shown = state.channels.flatMap((channel) => channel.lastShown ?? []);
  return {
    used: new Map(state.channels.map((channel) => [channel.channel, channel])),
    now,
    lastShown: shown.length === 0 ? null : Math.max(...shown),
    optedOut: state.unsubscribed !== null && state.unsubscribed >= (state.subscribed ?? 0),
  };
}

function shownIn(channel: ChannelUse | undefined, v: ChannelsView, days: number): number {
  return channel === undefined ? 0 : (sumsSince(channel.ledger, dayOf(v.now) - days)[0] ?? 0);
}

function shownInAll(v: ChannelsView, days: number): number {
  return [...v.used.values()].reduce((sum, channel) => sum + shownIn(channel, v, days), 0);
}

/** Opens per message shown on the channel so far; missing where none was shown. */
function openRate(channel: ChannelUse | undefined): number {
  const [shown = 0, opened = 0] = channel === undefined ? [] : totals(channel.ledger);
  return shown === 0 ? Number.NaN : Math.min(1, opened / shown);
}

/** Messages shown and answered on a channel so far. A click and the yes after it are one answer. */
export function channelAnswers(channel: ChannelUse | undefined): {
  readonly shown: number;
  readonly answered: number;
  readonly accepted: number;
} {
  const [shown = 0, , clicked = 0, accepted = 0] = channel === undefined ? [] : totals(channel.ledger);
  return { shown, answered: Math.max(clicked, accepted), accepted };
}

function answerRate(channel: ChannelUse | undefined): number {
  const { shown, answered } = channelAnswers(channel);
  return shown === 0 ? Number.NaN : Math.min(1, answered / shown);
}

function channelFeatures(name: ChannelName): FeatureSpec<ChannelsView>[] {
  const answered: FeatureSpec<ChannelsView>[] = [
    {
      name: `${name}_shown_30d`,
      unit: 'count',
      description: `Messages by ${name} in the last 30 days`,
      value: (v) => shownIn(v.used.get(name), v, 30),
    },
    {
      name: `${name}_answer_rate`,
      unit: 'share',
      description: `Part of the messages by ${name} that were answered`,
      value: (v) => answerRate(v.used.get(name)),
    },
    {
      name: `${name}_days_since`,
      unit: 'days',
      description: `Days since the last message by ${name}`,
      value: (v) => daysSince(v.used.get(name)?.lastShown ?? null, v.now),
    },
  ];
  return name === 'email'
    ? [
        ...answered,
        {
          name: 'email_open_rate',
          unit: 'share',
          description: 'Part of the e-mails that were opened',
          value: (v) => openRate(v.used.get('email')),
        },
      ]
    : answered;
}

/** Messages per channel and what became of them. A window of w days is the w UTC days before today, and today so far. */
export const channels: FeatureFamily<ChannelsState, ChannelsView> = {
  name: 'channels',
  version: 1,
  schema,
  empty: { channels: [], unsubscribed: null, subscribed: null },
  update,
  view,
  features: [
    ...[1, 7, 30].map((days) => ({
      name: `contacts_${days}d`,
      unit: 'count' as const,
      description: `Messages on any channel ${days === 1 ? 'since yesterday' : `in the last ${days} days`}`,
      value: (v: ChannelsView) => shownInAll(v, days),
    })),
    {
      name: 'contact_hours',
      unit: 'hours',
      description: 'Hours since the last message on any channel',
      value: (v) => hoursSince(v.lastShown, v.now),
    },
    {
      name: 'opted_out',
      unit: 'flag',
      description: 'Has unsubscribed',
      value: (v) => (v.optedOut ? 1 : 0),
    },
    ...CHANNELS.filter((name) => name !== 'other').flatMap(channelFeatures),
  ],
};
