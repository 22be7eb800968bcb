import { z } from 'zod';
import type { JsonObject, SegueEvent } from '../events/segue-event.js';
import type { FeatureFamily } from './feature-family.js';
import { numberOf, textOf } from './order-facts.js';
import { DAY_MS, daysSince, laterOf } from './time-units.js';

const KEPT_CONVERSATIONS = 24;

/** A value with the time it was told at: of two the later holds, at the same time the larger. */
const toldSchema = z.object({ value: z.int(), time: z.number() });
const conversationSchema = z.object({
  id: z.string(),
  start: z.number(),
  end: z.number().nullable(),
  /** Mood in hundredths, -100 to 100. */
  mood: toldSchema.nullable(),
  /** 1 resolved, 0 not. */
  resolved: toldSchema.nullable(),
});
const schema = z.object({
  /** The latest conversations, oldest first. */
  conversations: z.array(conversationSchema),
  older: z.int(),
  lastMessage: z.number().nullable(),
  /** When a case was last told to be solved outside a conversation. */
  lastSolved: z.number().nullable(),
});
export type SupportState = z.infer<typeof schema>;
type Conversation = z.infer<typeof conversationSchema>;
type Told = z.infer<typeof toldSchema>;

export type SupportView = {
  readonly conversations: readonly Conversation[];
  readonly older: number;
  readonly now: number;
  readonly unresolved: readonly Conversation[];
};

const EVENTS = new Set([
  'Live Chat Conversation Started',
  'Live Chat Conversation Ended',
  'Live Chat Message Sent',
  'Live Chat Message Received',
]);

function update(state: SupportState, event: SegueEvent): SupportState {
  if (event.type !== 'track') {
    return state;
  }
  const time = event.timestamp.getTime();
  if (event.name === 'Support Case Solved') {
    return { ...state, lastSolved: laterOf(state.lastSolved, time) };
  }
  if (!EVENTS.has(event.name)) {
    return state;
  }
  const id = textOf(event.properties['conversation_id']) ?? `at ${time}`;
  const known = state.conversations.find((conversation) => conversation.id === id);
  const mood = moodOf(event.properties);
  const resolved = resolvedOf(event.properties);
  const conversation: Conversation = {
    id,
    start: Math.min(known?.start ?? time, time),
    end:
      event.name === 'Live Chat Conversation Ended'
        ? laterOf(known?.end ?? null, time)
        : (known?.end ?? null),
    mood: laterTold(known?.mood ?? null, mood === undefined ? null : { value: mood, time }),
    resolved: laterTold(known?.resolved ?? null, resolved === undefined ? null : { value: resolved, time }),
  };
  const conversations = [...state.conversations.filter((other) => other.id !== id), conversation].sort(
    (a, b) => a.start - b.start || (a.id < b.id ? -1 : 1),
  );
  const surplus = Math.max(0, conversations.length - KEPT_CONVERSATIONS);
  return {
    ...state,
    conversations: conversations.slice(surplus),
    older: state.older + surplus,
    lastMessage: laterOf(state.lastMessage, time),
  };
}

function laterTold(known: Told | null, told: Told | null): Told | null {
  if (known === null || told === null) {
    return known ?? told;
  }
  if (known.time !== told.time) {
    return known.time > told.time ? known : told;
  }
  return known.value >= told.value ? known : told;
}

const MOODS: Readonly<Record<string, number>> = {
  angry: -100,
  negative: -60,
  unhappy: -60,
  frustrated: -60,
  neutral: 0,
  positive: 60,
  happy: 60,
  satisfied: 60,
};

/** `mood` or `sentiment`: a number from -1 to 1, or a word. */
export function moodOf(properties: JsonObject): number | undefined {
  const told = properties['mood'] ?? properties['sentiment'];
  const number = numberOf(told);
  if (number !== undefined) {
    return Math.round(Math.min(1, Math.max(-1, number)) * 100);
  }
  return MOODS[textOf(told)?.toLowerCase() ?? ''];
}

/** `resolved`: true or false; or `resolution` or `status`: resolved, solved or another word. */
function resolvedOf(properties: JsonObject): number | undefined {
  const { resolved } = properties;
  if (typeof resolved === 'boolean') {
    return resolved ? 1 : 0;
  }
  const status = textOf(properties['resolution'] ?? properties['status'])?.toLowerCase();
  return status === undefined ? undefined : Number(status === 'resolved' || status === 'solved');
}

/**
 * Trouble that stands: told to be unresolved, or still open with nobody having said so, for at most 90 days and until a
 * case is told to be solved.
 */
function isUnresolved(conversation: Conversation, state: SupportState, now: number): boolean {
  if (state.lastSolved !== null && state.lastSolved >= conversation.start) {
    return false;
  }
  const open = conversation.resolved === null ? conversation.end === null : conversation.resolved.value === 0;
  return open && now - conversation.start <= 90 * DAY_MS;
}

function view(state: SupportState, now: number): SupportView {
  return {
    conversations: state.conversations,
    older: state.older,
    now,
    unresolved: state.conversations.filter((conversation) => isUnresolved(conversation, state, now)),
  };
}

function within(v: SupportView, days: number): Conversation[] {
  return v.conversations.filter((conversation) => conversation.start >= v.now - days * DAY_MS);
}

function moods(conversations: readonly Conversation[]): number[] {
  return conversations.flatMap((conversation) =>
    conversation.mood === null ? [] : conversation.mood.value / 100,
  );
}

/** Contacts with support. With more than 24 conversations the oldest are only counted. */
export const support: FeatureFamily<SupportState, SupportView> = {
  name: 'support',
  version: 1,
  schema,
  empty: { conversations: [], older: 0, lastMessage: null, lastSolved: null },
  update,
  view,
  features: [
    ...[7, 30, 90].map((days) => ({
      name: `support_contacts_${days}d`,
      unit: 'count' as const,
      description: `Support conversations in the last ${days} days`,
      value: (v: SupportView) => within(v, days).length,
    })),
    {
      name: 'support_contacts_total',
      unit: 'count',
      description: 'Support conversations so far',
      value: (v) => v.conversations.length + v.older,
    },
    {
      name: 'days_since_support',
      unit: 'days',
      description: 'Days since the last support conversation',
      value: (v) => daysSince(v.conversations.at(-1)?.start ?? null, v.now),
    },
    {
      name: 'support_unresolved',
      unit: 'count',
      description: 'Support conversations without a solution',
      value: (v) => v.unresolved.length,
    },
    {
      name: 'support_unresolved_days',
      unit: 'days',
      description: 'Days the oldest trouble has been waiting for a solution',
      value: (v) => daysSince(v.unresolved[0]?.start ?? null, v.now),
    },
    {
      name: 'support_mood_last',
      unit: 'score',
      description: 'Mood in the last support conversation (-1 to 1)',
      value: (v) => moods(v.conversations).at(-1) ?? Number.NaN,
    },
    {
      name: 'support_mood_now',
      unit: 'score',
      description: 'Mood in the last support conversation, fading by half in a week (-1 to 1)',
      value: (v) => {
        const last = v.conversations.findLast(({ mood }) => mood !== null)?.mood;
        return last ? (last.value / 100) * 2 ** (-daysSince(last.time, v.now) / 7) : 0;
      },
    },
    {
      name: 'support_mood_worst_90d',
      unit: 'score',
      description: 'Worst mood in support conversations of the last 90 days (-1 to 1)',
      value: (v) => {
        const seen = moods(within(v, 90));
        return seen.length === 0 ? Number.NaN : Math.min(...seen);
      },
    },
  ],
};
