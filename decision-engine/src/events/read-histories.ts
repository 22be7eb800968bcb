import type { CustomerHistory } from '@segue/models';
import type { Store } from '../store/store.js';
import { byCustomer } from './by-customer.js';
import type { EventDocument } from './event-document.js';
import { toSegueEvent } from './stored-event.js';

/**
 * Every customer's events, oldest first, one customer at a time: what models are trained on. Memory holds one customer
 * and one batch of the cursor.
 * @param before only events before this time, all when absent
 */
export async function* readHistories(store: Store, before?: Date): AsyncGenerator<CustomerHistory> {
  const cursor = store.events
    .find(before === undefined ? {} : { timestamp: { $lt: before } })
    .sort({ customerId: 1, timestamp: 1, _id: 1 })
    .lean<EventDocument[]>()
    .cursor({ batchSize: 2000 });
  for await (const { customerId, events } of byCustomer(cursor))
    yield { customerId, events: events.map(toSegueEvent) };
}
