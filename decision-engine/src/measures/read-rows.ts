import { OUTCOME_EVENT_NAMES } from '@segue/models';
import type { EventDocument } from '../events/event-document.js';
import type { Store } from '../store/store.js';
import type { Cohort, CohortFilter } from './cohort.js';
import { STAGES, type Window } from './read-window.js';
import type { MeasureKey } from './work-out.js';

/** The events a measure is worked out from. */
const EVENTS_OF: Readonly<Record<MeasureKey, readonly string[]>> = {
  conversion: STAGES,
  retention: ['Order Completed'],
  orderValue: ['Order Completed'],
  revenuePerCustomer: ['Order Completed'],
  spentLastYear: ['Order Completed'],
  expectedNextYear: ['Order Completed'],
  acceptance: [OUTCOME_EVENT_NAMES.shown, OUTCOME_EVENT_NAMES.accepted],
  satisfaction: ['Survey Answered'],
  promoters: ['Survey Answered'],
  solved: ['Live Chat Conversation Ended'],
  hoursToSolve: ['Live Chat Conversation Ended'],
  conversationsPerOrder: ['Live Chat Conversation Ended', 'Order Completed'],
  costToServe: ['Live Chat Conversation Ended'],
  answeredWithoutContact: [OUTCOME_EVENT_NAMES.accepted],
};

export type MeasureRow = {
  readonly eventId: string;
  readonly customerId: string;
  readonly at: Date;
  readonly event: string;
  /** The properties that say most, in words. */
  readonly detail: string;
};

export type RowsAsked = {
  readonly key: MeasureKey;
  readonly window: Window;
  readonly cohort: Cohort;
  /** What was shown and accepted counts only for these. */
  readonly filter?: Pick<CohortFilter, 'action' | 'channel'>;
  /** Rows before this one; null from the newest on. */
  readonly before: { readonly at: Date; readonly eventId: string } | null;
  readonly limit: number;
};

const READ_AT_ONCE = 500;
const MOST_MS = 20_000;

/** The events behind a figure, the newest first. */
export async function readRows(
  store: Store,
  { key, window, cohort, filter = {}, before, limit }: RowsAsked,
): Promise<MeasureRow[]> {
  const { from, to } = window;
  const until = before === null ? { $lt: to } : { $lte: before.at };
  const { action, channel } = filter;
  const isAsked = ({ _id, customerId, timestamp, properties }: EventDocument): boolean =>
    (key !== 'acceptance' ||
      ((action ?? properties['action_id']) === properties['action_id'] &&
        (channel ?? properties['channel']) === properties['channel'])) &&
    (cohort === null || cohort.has(customerId)) &&
    (before === null ||
      timestamp.getTime() < before.at.getTime() ||
      (timestamp.getTime() === before.at.getTime() && _id < before.eventId));
  const events = store.events
    .find({ name: { $in: [...EVENTS_OF[key]] }, timestamp: { $gte: from, ...until } })
    .sort({ timestamp: -1, _id: -1 })
    .maxTimeMS(MOST_MS)
    .lean<EventDocument[]>()
    .cursor({ batchSize: READ_AT_ONCE });
  const rows: MeasureRow[] = [];
  for await (const event of events) {
    if (isAsked(event)) rows.push(rowOf(event));
    if (rows.length === limit) break;
  }
  return rows;
}

function rowOf({ _id, customerId, timestamp, name, properties }: EventDocument): MeasureRow {
  return {
    eventId: _id,
    customerId,
    at: timestamp,
    event: name,
    detail: SAID.flatMap((field) => {
      const value = properties[field];
      return typeof value === 'string' || typeof value === 'number' ? [`${field} ${value}`] : [];
    }).join(', '),
  };
}

const SAID = [
  'revenue',
  'total',
  'name',
  'survey',
  'score',
  'action_id',
  'channel',
  'resolution',
  'topic',
] as const;
