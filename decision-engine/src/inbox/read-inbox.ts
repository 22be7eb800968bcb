import type { z } from 'zod';
import type { inboxPage } from '../api/shapes/customer.js';
import type { InboxFilter } from '../api/shapes/inbox.js';
import type { CustomerDocument } from '../customers/customer-document.js';
import { displayNameOf } from '../customers/display-name.js';
import { lastSeenOf } from '../customers/last-seen.js';
import type { Store } from '../store/store.js';
import { assignedCustomers, assignmentsOf } from './assignments.js';

type Cursor = { readonly urgency: number; readonly id: string };
type Conditions = Readonly<Record<string, unknown>>;

export function decodeInboxCursor(cursor: string): Cursor | null {
  const [urgency = '', id = ''] = Buffer.from(cursor, 'base64url').toString().split(' ');
  const number = Number(urgency);
  return urgency === '' || id === '' || !Number.isFinite(number) ? null : { urgency: number, id };
}

export type InboxQuestion = {
  readonly cursor: Cursor | null;
  readonly limit: number;
  readonly filter: InboxFilter;
  /** Who asks: whose “me” it is. */
  readonly agentId: string;
  readonly now: Date;
};

/** Customers who need something now and fit the filter, the most valuable first. */
export async function readInbox(
  store: Store,
  { cursor, limit, filter, agentId, now }: InboxQuestion,
): Promise<z.infer<typeof inboxPage>> {
  const needy = { ...fitting(filter), ...(await looked(store, { filter, agentId, now })) };
  const after =
    cursor === null
      ? needy
      : {
          $and: [
            needy,
            {
              $or: [
                { 'attention.urgency': { $lt: cursor.urgency, $gt: 0 } },
                { 'attention.urgency': cursor.urgency, _id: { $gt: cursor.id } },
              ],
            },
          ],
        };
  const [documents, total] = await Promise.all([
    store.customers
      .find(after, { features: 0, contacts: 0, recent: 0 })
      .sort({ 'attention.urgency': -1, _id: 1 })
      .limit(limit + 1)
      .lean<CustomerDocument[]>(),
    store.customers.countDocuments(needy),
  ]);
  const page = documents.slice(0, limit);
  const last = page.at(-1);
  const assignments = await assignmentsOf(store, { customerIds: page.map(({ _id }) => _id), now });
  const items = page.flatMap((document) => {
    const { attention, churn, totals } = document;
    if (attention === null) return [];
    const assigned = assignments.get(document._id);
    return [
      {
        customerId: document._id,
        displayName: displayNameOf(document),
        why: attention.why,
        kind: attention.kind,
        urgency: attention.urgency,
        currency: totals.currency,
        churn: churn === null ? null : { probability: churn.probability, band: churn.band },
        assigned: assigned === undefined ? null : { ...assigned, at: assigned.at.toISOString() },
        lastEventAt: lastSeenOf(document).toISOString(),
      },
    ];
  });
  const nextCursor =
    documents.length > limit && last?.attention != null
      ? Buffer.from(`${last.attention.urgency} ${last._id}`).toString('base64url')
      : null;
  return { items, nextCursor, total };
}

/** What the customers themselves say. */
function fitting({ kinds, bands, segment, channel, worth }: InboxFilter): Conditions {
  return {
    'attention.urgency': worth === undefined ? { $gt: 0 } : { $gt: 0, $gte: worth },
    ...(kinds === undefined ? {} : { 'attention.kind': { $in: kinds } }),
    ...(bands === undefined ? {} : { 'churn.band': { $in: bands } }),
    ...(segment === undefined ? {} : { segments: segment }),
    ...(channel === undefined ? {} : { [`heardFrom.${channel}`]: { $exists: true } }),
  };
}

/** Who looks after them. */
async function looked(
  store: Store,
  { filter, agentId, now }: Pick<InboxQuestion, 'filter' | 'agentId' | 'now'>,
): Promise<Conditions> {
  switch (filter.assigned) {
    case undefined:
      return {};
    case 'me':
      return { _id: { $in: await assignedCustomers(store, { by: agentId, now }) } };
    case 'others':
      return { _id: { $in: await assignedCustomers(store, { by: { not: agentId }, now }) } };
    case 'nobody':
      return { _id: { $nin: await assignedCustomers(store, { now }) } };
  }
}
