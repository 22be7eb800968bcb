import { OUTCOME_EVENT_NAMES } from '@segue/models';
import type { EventDocument } from '../events/event-document.js';
import type { Store } from '../store/store.js';
import { STAGES, type Window } from './read-window.js';
import type { MeasureKey } from './work-out.js';

/** The events a measure is worked out from. */
const EVENTS_OF: Readonly<Record<MeasureKey, readonly string[]>> = {
  conversion: STAGES,
  retention: ['Order Completed'],
  orderValue: ['Order Completed'],
  revenuePerCustomer: ['Order Completed'],
  acceptance: [OUTCOME_EVENT_NAMES.shown, OUTCOME_EVENT_NAMES.accepted],
  satisfaction: ['Survey Answered'],
  promoters: ['Survey Answered'],
  solved: ['Live Chat Conversation Ended'],
  hoursToSolve: ['Live Chat Conversation Ended'],
  conversationsPerOrder: ['Live Chat Conversation Ended', 'Order Completed'],
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
  /** Rows before this one; null from the newest on. */
  readonly before: { readonly at: Date; readonly eventId: string } | null;
  readonly limit: number;
};

/** The events behind a figure, the newest first. */
export async function readRows(
  store: Store,
  { key, window, before, limit }: RowsAsked,
): Promise<MeasureRow[]> {
  const { from, to } = window;
  const until = before === null ? { $lt: to } : { $lte: before.at };
  const rows = await store.events
    .find({ name: { $in: [...EVENTS_OF[key]] }, timestamp: { $gte: from, ...until } })
    .sort({ timestamp: -1, _id: -1 })
    .limit(limit + (before === null ? 0 : limit))
    .lean<EventDocument[]>();
  return rows
    .filter(
      ({ _id, timestamp }) =>
        before === null ||
        timestamp.getTime() < before.at.getTime() ||
        (timestamp.getTime() === before.at.getTime() && _id < before.eventId),
    )
    .slice(0, limit)
    .map(({ _id, customerId, timestamp, name, properties }) => ({
      eventId: _id,
      customerId,
      at: timestamp,
      event: name,
      detail: SAID.flatMap((field) => {
        const value = properties[field];
        return typeof value === 'string' || typeof value === 'number' ? [`${field} ${value}`] : [];
      }).join(', '),
    }));
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
