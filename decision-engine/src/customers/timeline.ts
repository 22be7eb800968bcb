import { OUTCOME_EVENT_NAMES, type SegueEvent } from '@segue/models';
import type { z } from 'zod';
import type { TimelineItem, timelinePage } from '../api/shapes/customer.js';
import type { DecisionDocument, StoredDelivery } from '../decisions/decision-document.js';
import type { EventDocument } from '../events/event-document.js';
import { toSegueEvent } from '../events/stored-event.js';
import type { Store } from '../store/store.js';
import { describeEvent } from './describe-event.js';
import { OWN_EVENTS } from './own-events.js';
import { textIn } from './text-in.js';

type ActionName = (actionId: string) => string;

const OUTCOME_WORDS = new Map<string, string>([
  [OUTCOME_EVENT_NAMES.shown, 'Shown'],
  [OUTCOME_EVENT_NAMES.clicked, 'Clicked'],
  [OUTCOME_EVENT_NAMES.accepted, 'Said yes'],
  [OUTCOME_EVENT_NAMES.rejected, 'Said no'],
  [OUTCOME_EVENT_NAMES.postponed, 'Said later'],
  [OUTCOME_EVENT_NAMES.converted, 'Came of it'],
  [OUTCOME_EVENT_NAMES.ignored, 'No answer'],
]);

/** One event as it stands on the timeline. */
export function timelineItemOf(event: SegueEvent, actionName: ActionName): TimelineItem {
  const words = event.type === 'track' ? OUTCOME_WORDS.get(event.name) : undefined;
  const at = event.timestamp.toISOString();
  if (words === undefined) {
    return { id: `event:${event.messageId}`, kind: 'event', at, ...describeEvent(event), decisionId: null };
  }
  const { properties } = event;
  const name = actionName(textIn(properties, 'action_id') ?? '');
  return {
    id: `event:${event.messageId}`,
    kind: 'outcome',
    at,
    title: `${words}: ${name}`,
    detail: textIn(properties, 'note') ?? `on ${textIn(properties, 'channel') ?? ''}`,
    decisionId: textIn(properties, 'decision_id') ?? null,
  };
}

function decisionItem(decision: DecisionDocument): TimelineItem {
  const [first] = decision.actions;
  return {
    id: `decision:${decision._id}`,
    kind: 'decision',
    at: decision.decidedAt.toISOString(),
    title: first === undefined ? 'Decided: nothing to offer' : `Decided: ${first.name}`,
    detail: first === undefined ? (decision.none ?? '') : `for ${decision.channel}`,
    decisionId: decision._id,
  };
}

function deliveryItem(decision: DecisionDocument, delivery: StoredDelivery): TimelineItem {
  return {
    id: `delivery:${delivery.deliveryId}`,
    kind: 'delivery',
    at: delivery.createdAt.toISOString(),
    title: `Message by ${delivery.channel}: ${delivery.subject}`,
    detail: delivery.detail === '' ? delivery.state : delivery.detail,
    decisionId: decision._id,
  };
}

/**
 * What an agent's screen showed is told by the decision itself, an experiment by the decisions made under it. Looks within
 * the hour are one decision here: the last of them.
 */
const TOLD_ELSEWHERE = {
  $nor: [
    { name: OUTCOME_EVENT_NAMES.shown, 'properties.requested_by': 'console', 'properties.channel': 'agent' },
    { name: OWN_EVENTS.experimentViewed },
  ],
};

/** As {@link TOLD_ELSEWHERE}, for events that are pushed. */
export function isOnTimeline({ name, properties }: SegueEvent): boolean {
  const onScreen =
    name === OUTCOME_EVENT_NAMES.shown &&
    properties['requested_by'] === 'console' &&
    properties['channel'] === 'agent';
  return !onScreen && name !== OWN_EVENTS.experimentViewed;
}

type Cursor = { readonly at: Date; readonly id: string };

function encodeCursor(item: TimelineItem): string {
  return Buffer.from(`${item.at} ${item.id}`).toString('base64url');
}

/** @returns null for a cursor nobody was given */
export function decodeCursor(cursor: string): Cursor | null {
  const [at = '', ...id] = Buffer.from(cursor, 'base64url').toString().split(' ');
  const time = new Date(at);
  return Number.isNaN(time.getTime()) || id.length === 0 ? null : { at: time, id: id.join(' ') };
}

/** Newest first; of one instant, the larger id first. */
function newestFirst(a: TimelineItem, b: TimelineItem): number {
  if (a.at !== b.at) return a.at < b.at ? 1 : -1;
  return a.id < b.id ? 1 : -1;
}

export type TimelineRequest = {
  readonly customerId: string;
  readonly cursor: Cursor | null;
  readonly limit: number;
  readonly actionName: ActionName;
};

/** One page of everything that happened with a customer: events, decisions, messages and what came of them. */
export async function readTimeline(
  store: Store,
  request: TimelineRequest,
): Promise<z.infer<typeof timelinePage>> {
  const { customerId, cursor, limit } = request;
  const [events, decisions] = await Promise.all([
    store.events
      .find({ customerId, ...after(cursor, 'timestamp', 'event:'), ...TOLD_ELSEWHERE })
      .sort({ timestamp: -1, _id: -1 })
      .limit(limit + 1)
      .lean<EventDocument[]>(),
    store.decisions
      .find({ customerId, ...after(cursor, 'decidedAt', 'decision:'), supersededBy: null }, { candidates: 0 })
      .sort({ decidedAt: -1, _id: -1 })
      .limit(limit + 1)
      .lean<DecisionDocument[]>(),
  ]);
  const items = [
    ...events.map((event) => timelineItemOf(toSegueEvent(event), request.actionName)),
    ...decisions.flatMap((decision) => [
      decisionItem(decision),
      ...decision.deliveries.map((delivery) => deliveryItem(decision, delivery)),
    ]),
  ]
    .sort(newestFirst)
    .filter((item) => cursor === null || isAfter(item, cursor));
  const page = items.slice(0, limit);
  const last = page.at(-1);
  return { items: page, nextCursor: items.length > limit && last !== undefined ? encodeCursor(last) : null };
}

/**
 * What of one kind comes after the cursor: what is older, and of the cursor's own instant what has a smaller id. Rows
 * before the cursor must not be read again: they would take the place of the one that tells whether there is a next page.
 */
function after(cursor: Cursor | null, field: 'timestamp' | 'decidedAt', prefix: string) {
  if (cursor === null) return {};
  const older = { [field]: { $lt: cursor.at } };
  if (cursor.id.startsWith(prefix)) {
    const sameInstant = { [field]: cursor.at, _id: { $lt: cursor.id.slice(prefix.length) } };
    return { $or: [older, sameInstant] };
  }
  return prefix < cursor.id ? { [field]: { $lte: cursor.at } } : older;
}

function isAfter(item: TimelineItem, cursor: Cursor): boolean {
  const at = cursor.at.toISOString();
  return item.at < at || (item.at === at && item.id < cursor.id);
}
