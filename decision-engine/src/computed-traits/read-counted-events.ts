import { durationToMs } from '../catalogue/duration.js';
import { byCustomer } from '../events/by-customer.js';
import type { EventDocument } from '../events/event-document.js';
import type { Store } from '../store/store.js';
import type { CountedEvent } from './compute-traits.js';
import type { ComputedTrait } from './computed-trait.js';

/** From when on events may count; null = all. */
function since(traits: readonly ComputedTrait[], now: Date): Date | null {
  const windows = traits.map(({ within }) => (within === undefined ? null : durationToMs(within)));
  const longest = windows.reduce<number | null>(
    (most, each) => (most === null || each === null ? null : Math.max(most, each)),
    0,
  );
  return longest === null ? null : new Date(now.getTime() - longest);
}

type Row = CountedEvent & Pick<EventDocument, 'customerId'>;

/**
 * The events that may count for these customers' computed traits, the oldest first, one customer at a time. Whether an event
 * is in the profile yet makes no difference: nobody looks again when it is merely marked so.
 */
export async function* readCountedEvents(
  store: Store,
  traits: readonly ComputedTrait[],
  { customerIds, now }: { readonly customerIds: readonly string[]; readonly now: Date },
): AsyncGenerator<{ readonly customerId: string; readonly events: readonly CountedEvent[] }> {
  const from = since(traits, now);
  const cursor = store.events
    .find(
      {
        customerId: { $in: [...customerIds] },
        name: { $in: [...new Set(traits.flatMap(({ events }) => events))] },
        ...(from === null ? {} : { timestamp: { $gt: from } }),
      },
      { customerId: 1, name: 1, timestamp: 1, properties: 1 },
    )
    .sort({ customerId: 1, timestamp: 1, _id: 1 })
    .lean<Row[]>()
    .cursor({ batchSize: 1_000 });
  yield* byCustomer(cursor);
}
