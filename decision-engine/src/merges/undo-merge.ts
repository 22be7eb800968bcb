import { applyPending } from '../customers/apply-pending.js';
import type { CustomerDocument } from '../customers/customer-document.js';
import type { CustomerId } from '../customers/profile.js';
import { rebuildProfile } from '../customers/rebuild-profile.js';
import { familyOf } from '../privacy/read-subject.js';
import type { Store } from '../store/store.js';
import { type BothSides, giveBackEvents } from './give-back-events.js';
import { apartMark } from './kept-apart.js';
import type { MergeDocument } from './merge-document.js';
import { repeatRefusals } from './repeat-refusals.js';

/** What moves by whose it was alone. */
const GIVEN_BACK = ['decisions', 'journeyRuns', 'journeyTasks', 'offerCodes', 'events'] as const;

/** Who has now what the merge gave to its survivor: the survivor may have been merged on. */
async function holderOf(store: Store, customerId: string): Promise<string> {
  const document = await store.customers
    .findById(customerId, { mergedInto: 1 })
    .lean<Pick<CustomerDocument, 'mergedInto'> | null>();
  return document?.mergedInto == null ? customerId : holderOf(store, document.mergedInto);
}

/**
 * Takes a merge apart that is marked as being undone: what came in under the absorbed customer goes back to them, and both
 * profiles are made anew from their events. Each step may be repeated, and nothing is counted twice or lost wherever it is cut
 * off: an event is in exactly one profile once both have been made anew.
 * @returns both customers
 */
export async function undoMerge(store: Store, merge: MergeDocument, now: Date): Promise<BothSides> {
  const { absorbedId } = merge;
  const holderId = await holderOf(store, merge.survivorId);
  const sides: BothSides = { absorbedId, holderId };
  const family = await familyOf(store, absorbedId);
  await store.customers.updateOne(
    { _id: absorbedId, mergedInto: merge.survivorId },
    { $set: { mergedInto: null, attention: null, reserved: [], scoredAt: null }, $inc: { revision: 1 } },
  );
  await giveBackIdentities(store, merge, { ...sides, family });
  for (const collection of GIVEN_BACK) {
    const documents = store.connection.collection(store[collection].collection.name);
    await documents.updateMany(
      { customerId: holderId, origin: { $in: family } },
      { $set: { customerId: absorbedId } },
    );
  }
  await giveBackEvents(store, sides);
  await giveBackReservations(store, sides);
  await repeatRefusals(store, merge, sides);
  // What is still pending, also where the holder's last save had it, enters the profile of whose it is now.
  await rebuildProfile(store, holderId as CustomerId);
  await rebuildProfile(store, absorbedId as CustomerId);
  await applyPending(store, [holderId as CustomerId, absorbedId as CustomerId]);
  // Merged on meanwhile: what went along comes back from there.
  if ((await holderOf(store, merge.survivorId)) !== holderId) return undoMerge(store, merge, now);
  await store.merges.updateOne(
    { _id: merge._id },
    { $set: { state: 'undone', undoneAt: merge.undoneAt ?? now, dueAt: null } },
  );
  return sides;
}

async function giveBackIdentities(
  store: Store,
  { _id }: MergeDocument,
  { absorbedId, holderId, family }: BothSides & { readonly family: readonly string[] },
): Promise<void> {
  await store.identities.updateMany(
    { customerId: holderId, origin: { $in: [...family] } },
    { $set: { customerId: absorbedId } },
  );
  await store.identities.updateMany({ customerId: absorbedId }, { $addToSet: { apart: apartMark(_id, 1) } });
  await store.identities.updateMany({ customerId: holderId }, { $addToSet: { apart: apartMark(_id, 2) } });
}

/** Room that decisions of the absorbed customer took goes with them. */
async function giveBackReservations(store: Store, { absorbedId, holderId }: BothSides): Promise<void> {
  const holder = await store.customers
    .findById(holderId, { reserved: 1 })
    .lean<Pick<CustomerDocument, 'reserved'> | null>();
  const reserved = holder?.reserved ?? [];
  if (reserved.length === 0) return;
  const theirs = await store.decisions
    .find({ _id: { $in: reserved.map(({ decisionId }) => decisionId) }, customerId: absorbedId }, { _id: 1 })
    .lean<{ _id: string }[]>();
  const ids = theirs.map(({ _id }) => _id);
  if (ids.length === 0) return;
  const moved = reserved.filter(({ decisionId }) => ids.includes(decisionId));
  // In this order a crash in between leaves room taken twice for a while, never too little. What they took of late stays.
  await store.customers.updateOne(
    { _id: absorbedId },
    { $push: { reserved: { $each: moved } }, $inc: { reservedRevision: 1 } },
  );
  await store.customers.updateOne(
    { _id: holderId },
    { $pull: { reserved: { decisionId: { $in: ids } } }, $inc: { reservedRevision: 1 } },
  );
}
