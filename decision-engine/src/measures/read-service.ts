import { OUTCOME_EVENT_NAMES } from '@segue/models';
import type { EventDocument } from '../events/event-document.js';
import type { Store } from '../store/store.js';
import type { Cohort } from './cohort.js';
import type { Window } from './read-window.js';
import { WindowTooLarge } from './window-too-large.js';

/** A support conversation that ended in the window. */
export type Conversation = {
  readonly customerId: string;
  /** From its first to its last message, in hours; null where nothing tells. */
  readonly hours: number | null;
  readonly solved: boolean;
};

/** What came after a customer accepted an action that answers a need by itself. */
export type Answered = { readonly followedByContact: boolean };

export type ServiceFacts = {
  readonly conversations: readonly Conversation[];
  readonly answered: readonly Answered[];
};

/** A need counts as answered when no conversation begins in so many days after. */
const QUIET_DAYS = 7;
const DAY_MS = 86_400_000;
/** A conversation that began long before its end still counts. */
const LONGEST_CONVERSATION_MS = 30 * DAY_MS;
const MOST_MS = 20_000;
const MOST_ROWS = 300_000;

const STARTED = 'Live Chat Conversation Started';
const ENDED = 'Live Chat Conversation Ended';
/** Where an agent is present, accepting is a contact, not the avoiding of one. */
const BY_AGENTS: readonly unknown[] = ['agent', 'conversation'];

type Row = Pick<EventDocument, 'customerId' | 'timestamp' | 'properties'>;

export type ServiceAsked = {
  readonly window: Window;
  readonly cohort: Cohort;
  /** The actions that answer a need by themselves. */
  readonly serviceActions: ReadonlySet<string>;
  readonly now: Date;
};

/** @throws WindowTooLarge */
export async function readService(store: Store, asked: ServiceAsked): Promise<ServiceFacts> {
  const { window, cohort } = asked;
  const started = await read(store, STARTED, {
    from: new Date(window.from.getTime() - LONGEST_CONVERSATION_MS),
    to: new Date(window.to.getTime() + QUIET_DAYS * DAY_MS),
  });
  const starts = new Map(
    started.map(({ timestamp, properties }) => [String(properties['conversation_id']), timestamp.getTime()]),
  );
  const ended = (await read(store, ENDED, window)).filter(
    ({ customerId }) => cohort === null || cohort.has(customerId),
  );
  const conversations = ended.map(({ customerId, timestamp, properties }): Conversation => {
    const { conversation_duration: seconds, resolution, resolved } = properties;
    const start = starts.get(String(properties['conversation_id']));
    const told = typeof seconds === 'number' && seconds >= 0 ? seconds / 3_600 : null;
    return {
      customerId,
      hours: start === undefined ? told : (timestamp.getTime() - start) / 3_600_000,
      solved: resolved === true || ['solved', 'resolved'].includes(String(resolution)),
    };
  });
  return { conversations, answered: await readAnswered(store, asked, started) };
}

async function read(store: Store, name: string, { from, to }: Window): Promise<Row[]> {
  const rows = await store.events
    .find(
      { name, timestamp: { $gte: from, $lt: to } },
      {
        customerId: 1,
        timestamp: 1,
        'properties.conversation_id': 1,
        'properties.conversation_duration': 1,
        'properties.resolution': 1,
        'properties.resolved': 1,
      },
    )
    .limit(MOST_ROWS + 1)
    .maxTimeMS(MOST_MS)
    .lean<Row[]>();
  return whole(rows);
}

function whole(rows: Row[]): Row[] {
  if (rows.length > MOST_ROWS)
    throw new WindowTooLarge(
      `The window holds more than ${MOST_ROWS.toLocaleString('en')} events of support`,
    );
  return rows;
}

async function readAnswered(
  store: Store,
  { window, cohort, serviceActions, now }: ServiceAsked,
  started: readonly Row[],
): Promise<Answered[]> {
  if (serviceActions.size === 0) return [];
  // What was accepted less than that ago can still be followed by a contact.
  const known = new Date(Math.min(window.to.getTime(), now.getTime() - QUIET_DAYS * DAY_MS));
  const accepted = await store.events
    .find(
      { name: OUTCOME_EVENT_NAMES.accepted, timestamp: { $gte: window.from, $lt: known } },
      { customerId: 1, timestamp: 1, 'properties.action_id': 1, 'properties.channel': 1 },
    )
    .limit(MOST_ROWS + 1)
    .maxTimeMS(MOST_MS)
    .lean<Row[]>();
  const contacts = new Map<string, number[]>();
  for (const { customerId, timestamp } of started) {
    const times = contacts.get(customerId) ?? [];
    times.push(timestamp.getTime());
    contacts.set(customerId, times);
  }
  return whole(accepted)
    .filter(
      ({ customerId, properties }) =>
        (cohort === null || cohort.has(customerId)) &&
        serviceActions.has(String(properties['action_id'])) &&
        !BY_AGENTS.includes(properties['channel']),
    )
    .map(({ customerId, timestamp }) => {
      const at = timestamp.getTime();
      const times = contacts.get(customerId) ?? [];
      return { followedByContact: times.some((time) => time > at && time <= at + QUIET_DAYS * DAY_MS) };
    });
}
