import type { z } from 'zod';
import type { outboxPage } from '../api/shapes/delivery.js';
import type { CustomerDocument } from '../customers/customer-document.js';
import { displayNameOf } from '../customers/display-name.js';
import type { DecisionDocument } from '../decisions/decision-document.js';
import type { Engine } from '../engine/engine.js';
import { deliveryViewOf } from './delivery-view.js';

type Cursor = { readonly lastDeliveryAt: Date; readonly id: string };

export function decodeOutboxCursor(cursor: string): Cursor | null {
  const [at = '', id = ''] = Buffer.from(cursor, 'base64url').toString().split(' ');
  const lastDeliveryAt = new Date(at);
  return id === '' || Number.isNaN(lastDeliveryAt.getTime()) ? null : { lastDeliveryAt, id };
}

/** Messages, those of the decision with the latest one first, and which channels they can leave on. */
export async function readOutbox(
  engine: Engine,
  { cursor, limit }: { readonly cursor: Cursor | null; readonly limit: number },
): Promise<z.infer<typeof outboxPage>> {
  const some = { lastDeliveryAt: { $exists: true } };
  const after =
    cursor === null
      ? some
      : {
          $or: [
            { lastDeliveryAt: { $lt: cursor.lastDeliveryAt } },
            { lastDeliveryAt: cursor.lastDeliveryAt, _id: { $lt: cursor.id } },
          ],
        };
  const inDoubt = await engine.store.decisions.countDocuments({
    deliveries: { $elemMatch: { unanswered: { $gte: 1 }, state: { $ne: 'sending' } } },
  });
  const decisions = await engine.store.decisions
    .find(after, { customerId: 1, deliveries: 1, lastDeliveryAt: 1 })
    .sort({ lastDeliveryAt: -1, _id: -1 })
    .limit(limit + 1)
    .lean<Pick<DecisionDocument, '_id' | 'customerId' | 'deliveries' | 'lastDeliveryAt'>[]>();
  const page = decisions.slice(0, limit);
  const customers = await engine.store.customers
    .find({ _id: { $in: page.map(({ customerId }) => customerId) } }, { traits: 1 })
    .lean<Pick<CustomerDocument, '_id' | 'traits'>[]>();
  const names = new Map(customers.map((customer) => [customer._id, displayNameOf(customer)]));
  const last = page.at(-1);
  return {
    items: page.flatMap((decision) =>
      decision.deliveries.map((delivery) =>
        deliveryViewOf(decision, delivery, names.get(decision.customerId) ?? ''),
      ),
    ),
    nextCursor:
      decisions.length > limit && last?.lastDeliveryAt !== undefined
        ? Buffer.from(`${last.lastDeliveryAt.toISOString()} ${last._id}`).toString('base64url')
        : null,
    inDoubt,
    channels: engine.channels.all.map(({ channel, state }) => ({
      channel: channel.definition.id,
      name: channel.definition.name,
      ...state,
    })),
  };
}
