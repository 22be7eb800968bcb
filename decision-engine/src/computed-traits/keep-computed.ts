import { createHash } from 'node:crypto';
import type { CustomerDocument } from '../customers/customer-document.js';
import type { Engine } from '../engine/engine.js';
import { readNote, writeNote } from '../store/notes.js';
import { type ComputedTraits, computeTraits } from './compute-traits.js';
import { readCountedEvents } from './read-counted-events.js';

const NOTE = 'computedTraits:definitions';

/**
 * Finds out whether other traits are computed than when it was last asked, or others in the same name; then every customer has
 * to be looked at anew. Done twice it does the same.
 */
export async function noticeTraitChanges({
  store,
  rules,
  clock,
}: Pick<Engine, 'store' | 'rules' | 'clock'>): Promise<void> {
  const { computedTraits } = rules().policies;
  const known = await readNote(store, NOTE);
  if (known === null && computedTraits.length === 0) return;
  const text = createHash('sha256').update(JSON.stringify(computedTraits)).digest('hex').slice(0, 16);
  if (known === text) return;
  // Marked first: a crash in between marks them once more.
  await store.customers.updateMany({ mergedInto: null }, { $set: { scoredAt: null } });
  await writeNote(store, { name: NOTE, text, at: clock() });
}

type Known = Pick<CustomerDocument, '_id' | 'computed'>;

/** The computed traits of some customers as of now, by their ids. Nothing is kept. */
export async function computedOf(
  { store, rules }: Pick<Engine, 'store' | 'rules'>,
  documents: readonly Known[],
  now: Date,
): Promise<ReadonlyMap<string, ComputedTraits>> {
  const { computedTraits } = rules().policies;
  if (computedTraits.length === 0) return new Map();
  const before = new Map(documents.map(({ _id, computed }) => [_id, computed]));
  const computed = new Map<string, ComputedTraits>(
    documents.map((known) => [known._id, computeTraits(computedTraits, [], { before: known.computed, now })]),
  );
  const customerIds = [...before.keys()];
  for await (const { customerId, events } of readCountedEvents(store, computedTraits, { customerIds, now })) {
    computed.set(customerId, computeTraits(computedTraits, events, { before: before.get(customerId), now }));
  }
  return computed;
}
