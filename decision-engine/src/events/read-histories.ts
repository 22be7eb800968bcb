import type { CustomerHistory, SegueEvent } from '@segue/models';
import type { Store } from '../store/store.js';
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
  let customerId: string | null = null;
  let events: SegueEvent[] = [];
  for await (const document of cursor) {
    if (document.customerId !== customerId) {
      if (customerId !== null) yield { customerId, events };
      customerId = document.customerId;
      events = [];
    }
    events.push(toSegueEvent(document));
  }
  if (customerId !== null) yield { customerId, events };
}
