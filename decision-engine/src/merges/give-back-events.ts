import type { EventDocument } from '../events/event-document.js';
import type { Store } from '../store/store.js';

export type BothSides = {
  readonly absorbedId: string;
  /** Who had everything until now. */
  readonly holderId: string;
};

const BATCH = 500;

async function keysOf(store: Store, customerId: string): Promise<string[]> {
  const identities = await store.identities.find({ customerId }, { _id: 1 }).lean<{ _id: string }[]>();
  return identities.map(({ _id }) => _id);
}

async function giveTo(store: Store, absorbedId: string, ids: readonly string[]): Promise<void> {
  for (let start = 0; start < ids.length; start += BATCH) {
    await store.events.updateMany(
      { _id: { $in: ids.slice(start, start + BATCH) } },
      { $set: { customerId: absorbedId } },
    );
  }
}

/**
 * Events that came in while both were one: each belongs to the side that has the strongest of its identities, as if they had
 * never been one. What Segue recorded itself of a decision goes where the decision is. Everything else stays.
 */
export async function giveBackEvents(store: Store, { absorbedId, holderId }: BothSides): Promise<void> {
  const [theirs, holders] = await Promise.all([keysOf(store, absorbedId), keysOf(store, holderId)]);
  const [absorbed, either] = [new Set(theirs), new Set([...theirs, ...holders])];
  const named = await store.events
    .find({ customerId: holderId, identities: { $in: theirs } }, { identities: 1 })
    .lean<Pick<EventDocument, '_id' | 'identities'>[]>();
  const strongest = ({ identities }: Pick<EventDocument, 'identities'>): string =>
    identities.find((key) => either.has(key)) ?? '';
  await giveTo(
    store,
    absorbedId,
    named.filter((event) => absorbed.has(strongest(event))).map(({ _id }) => _id),
  );
  const decisions = await store.decisions
    .find({ customerId: absorbedId }, { _id: 1 })
    .lean<{ _id: string }[]>();
  for (let start = 0; start < decisions.length; start += BATCH) {
    const ids = decisions.slice(start, start + BATCH).map(({ _id }) => _id);
    await store.events.updateMany(
      { customerId: holderId, identities: [], 'properties.decision_id': { $in: ids } },
      { $set: { customerId: absorbedId } },
    );
  }
}
