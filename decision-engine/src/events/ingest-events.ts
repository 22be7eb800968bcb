import type { InboundEvent } from '@segue/integrations';
import type { SegueEvent } from '@segue/models';
import { type Applied, applyPending } from '../customers/apply-pending.js';
import { finishMerges } from '../customers/merge-customers.js';
import type { CustomerId } from '../customers/profile.js';
import { resolveCustomers } from '../customers/resolve-customers.js';
import { duplicatesOf } from '../store/duplicate-keys.js';
import type { Store } from '../store/store.js';
import { EVENT_SCHEMA_VERSION, type EventDocument } from './event-document.js';
import { toEventDocument } from './stored-event.js';

export type IngestResult = {
  /** Events stored now. */
  readonly accepted: number;
  /** Events whose messageId was stored before, or stood twice in this batch: nothing is counted twice. */
  readonly duplicates: number;
  /** What entered which profile, by customer. */
  readonly applied: ReadonlyMap<CustomerId, Applied>;
};

/** Who looks at an event after it is part of the profile. The event is marked for them, so that a crash loses nothing. */
type Followers = {
  /** Names of events that are kept for journeys to take account of. */
  readonly wanted?: (eventName: string) => boolean;
  /** Names of events that may say what came of earlier decisions. */
  readonly tellsOutcomes?: (eventName: string) => boolean;
};

/** Who still has to look at an event of this name. */
function marksFor(
  name: string,
  { wanted, tellsOutcomes }: Followers,
): Pick<EventDocument, 'forJourneys' | 'forOutcomes'> {
  if (name === '') return {};
  return {
    ...(wanted?.(name) === true ? { forJourneys: true as const } : {}),
    ...(tellsOutcomes?.(name) === true ? { forOutcomes: true as const } : {}),
  };
}

/** Stores the events nobody has stored yet. @returns how many were there before */
async function storeNew(store: Store, documents: readonly EventDocument[]): Promise<number> {
  const operations = documents.map((document) => ({ insertOne: { document } }));
  return store.events.bulkWrite(operations, { ordered: false }).then(
    () => 0,
    (error: unknown) => duplicatesOf(error).size,
  );
}

/**
 * Takes events in: finds their customers, stores each once by its messageId and makes them part of the profiles before
 * it returns, so that a decision straight after sees them. Repeating it, wholly or after a crash, changes nothing more.
 */
export async function ingestEvents(
  store: Store,
  events: readonly InboundEvent[],
  followers: Followers = {},
): Promise<IngestResult> {
  const unique = [...new Map(events.map((event) => [event.messageId, event])).values()];
  if (unique.length === 0) return { accepted: 0, duplicates: 0, applied: new Map() };
  const fresh = await withoutKnown(store, unique);
  const customerIds = await resolveCustomers(store, fresh.events);
  const documents = fresh.events.flatMap((event, index) => {
    const customerId = customerIds[index];
    if (customerId === undefined) return [];
    return [{ ...toEventDocument(event, customerId), ...marksFor(event.name, followers) }];
  });
  const { accepted, applied } = await storeAndApply(store, documents, fresh.unfinished);
  return { accepted, duplicates: events.length - accepted, applied };
}

type KnownEvent = SegueEvent & { readonly receivedAt: Date };

/** Takes in what Segue itself knows of a customer: outcomes of its decisions. Idempotent as {@link ingestEvents} is. */
export function ingestForCustomer(
  store: Store,
  customerId: CustomerId,
  events: readonly KnownEvent[],
): Promise<IngestResult> {
  return ingestKnown(store, { customerId, events }, {});
}

/** As {@link ingestForCustomer}, for what somebody else looks at too. */
export async function ingestKnown(
  store: Store,
  { customerId, events }: { readonly customerId: CustomerId; readonly events: readonly KnownEvent[] },
  followers: Followers,
): Promise<IngestResult> {
  const documents = events.map(({ messageId, ...event }) => ({
    _id: messageId,
    schemaVersion: EVENT_SCHEMA_VERSION,
    customerId,
    ...event,
    identities: [],
    pending: true as const,
    ...marksFor(event.name, followers),
  }));
  const { accepted, applied } = await storeAndApply(store, documents, [customerId]);
  return { accepted, duplicates: events.length - accepted, applied };
}

async function storeAndApply(
  store: Store,
  documents: readonly EventDocument[],
  unfinished: readonly CustomerId[],
): Promise<Pick<IngestResult, 'accepted' | 'applied'>> {
  const raced = documents.length === 0 ? 0 : await storeNew(store, documents);
  const customerIds = documents.map(({ customerId }) => customerId as CustomerId);
  const applied = await applyPending(store, [...new Set([...customerIds, ...unfinished])]);
  return { accepted: documents.length - raced, applied };
}

/**
 * Leaves out what is stored already, so that a repeat can't touch identities or merges: the customers of those that a
 * crash left pending are handed back to be finished.
 */
async function withoutKnown(
  store: Store,
  events: readonly InboundEvent[],
): Promise<{ events: readonly InboundEvent[]; unfinished: readonly CustomerId[] }> {
  const stored = await store.events
    .find({ _id: { $in: events.map(({ messageId }) => messageId) } }, { customerId: 1, pending: 1 })
    .lean<Pick<EventDocument, '_id' | 'customerId' | 'pending'>[]>();
  const known = new Set(stored.map(({ _id }) => _id));
  return {
    events: events.filter(({ messageId }) => !known.has(messageId)),
    unfinished: stored.flatMap(({ customerId, pending }) =>
      pending === true ? [customerId as CustomerId] : [],
    ),
  };
}

/** Finishes what a crash left half done: merges, and events stored but not yet in their profiles. */
export async function recoverIngest(store: Store): Promise<{ customers: number }> {
  await finishMerges(store);
  const waiting = await store.events.distinct('customerId', { pending: true });
  const customerIds = waiting.map((id) => id as CustomerId);
  for (let start = 0; start < customerIds.length; start += 200) {
    await applyPending(store, customerIds.slice(start, start + 200));
  }
  return { customers: customerIds.length };
}
