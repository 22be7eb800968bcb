import type { z } from 'zod';
import type { inboxPage } from '../api/shapes/customer.js';
import type { CustomerDocument } from '../customers/customer-document.js';
import { displayNameOf } from '../customers/display-name.js';
import { lastSeenOf } from '../customers/last-seen.js';
import type { Store } from '../store/store.js';

type Cursor = { readonly urgency: number; readonly id: string };

export function decodeInboxCursor(cursor: string): Cursor | null {
  const [urgency = '', id = ''] = Buffer.from(cursor, 'base64url').toString().split(' ');
  const number = Number(urgency);
  return urgency === '' || id === '' || !Number.isFinite(number) ? null : { urgency: number, id };
}

/** Customers who need something now, the most valuable first. */
export async function readInbox(
  store: Store,
  { cursor, limit }: { readonly cursor: Cursor | null; readonly limit: number },
): Promise<z.infer<typeof inboxPage>> {
  const needy = { 'attention.urgency': { $gt: 0 } };
  const after =
    cursor === null
      ? needy
      : {
          $or: [
            { 'attention.urgency': { $lt: cursor.urgency, $gt: 0 } },
            { 'attention.urgency': cursor.urgency, _id: { $gt: cursor.id } },
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
  const items = page.flatMap((document) => {
    const { attention, churn, totals } = document;
    if (attention === null) return [];
    return [
      {
        customerId: document._id,
        displayName: displayNameOf(document),
        why: attention.why,
        kind: attention.kind,
        urgency: attention.urgency,
        currency: totals.currency,
        churn: churn === null ? null : { probability: churn.probability, band: churn.band },
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
