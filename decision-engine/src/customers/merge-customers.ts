import { createHash } from 'node:crypto';
import { MERGE_SCHEMA_VERSION, type MergeCause } from '../merges/merge-document.js';
import type { Store } from '../store/store.js';
import type { CustomerDocument } from './customer-document.js';
import type { CustomerId } from './profile.js';

export type Merging = {
  readonly absorbed: CustomerId;
  readonly survivor: CustomerId;
  readonly because: MergeCause;
};

/**
 * Makes one customer part of another. There is no transaction, so each step may be repeated and the order matters:
 * the merge is recorded, the absorbed customer is marked (a crash after that is finished by `finishMerges`), then gives up
 * identities, decisions and last its events, which become pending for the survivor and so enter its profile exactly once.
 * What moves keeps whose it was, so that the merge can be undone.
 */
export async function mergeCustomers(store: Store, { absorbed, survivor, because }: Merging): Promise<void> {
  if (absorbed === survivor) return;
  const digest = createHash('sha256').update(`${absorbed} ${survivor} ${because.messageId}`);
  await store.merges.updateOne(
    { _id: `mrg_${digest.digest('base64url').slice(0, 22)}` },
    {
      $setOnInsert: {
        schemaVersion: MERGE_SCHEMA_VERSION,
        absorbedId: absorbed,
        survivorId: survivor,
        ...because,
        identities: [...because.identities],
        state: 'merging',
        dueAt: null,
        undoneAt: null,
        undoneBy: null,
        reason: '',
      },
    },
    { upsert: true },
  );
  await store.customers.updateOne(
    { _id: absorbed },
    { $set: { mergedInto: survivor, mergePending: true, attention: null }, $inc: { revision: 1 } },
  );
  await moveEverything(store, absorbed, survivor);
}

type Moved = 'identities' | 'decisions' | 'journeyRuns' | 'journeyTasks' | 'offerCodes' | 'events';

type Move = { readonly from: string; readonly to: string; readonly only?: object; readonly set?: object };

/** Gives what one collection has of a customer to another, with a word whose it was first. */
export async function moveTo(
  store: Store,
  collection: Moved,
  { from, to, only = {}, set = {} }: Move,
): Promise<void> {
  const documents = store.connection.collection(store[collection].collection.name);
  // What was moved before first: what comes in between is new, so nobody's before.
  await documents.updateMany(
    { ...only, customerId: from, origin: { $exists: true } },
    { $set: { ...set, customerId: to } },
  );
  await documents.updateMany(
    { ...only, customerId: from, origin: { $exists: false } },
    { $set: { ...set, customerId: to, origin: from } },
  );
}

const MOVED: readonly Moved[] = ['identities', 'decisions', 'journeyRuns', 'journeyTasks', 'offerCodes'];

async function moveEverything(store: Store, from: string, to: string): Promise<void> {
  for (const collection of MOVED) await moveTo(store, collection, { from, to });
  await moveTo(store, 'events', { from, to, set: { pending: true } });
  await moveReservations(store, from, to);
  await store.merges.updateMany(
    { absorbedId: from, survivorId: to, state: 'merging' },
    { $set: { state: 'merged' } },
  );
  await store.customers.updateOne({ _id: from }, { $unset: { mergePending: '' } });
}

/** What was decided for the one and is not shown yet counts for the other. Moved twice it still counts once. */
async function moveReservations(store: Store, absorbed: string, survivor: string): Promise<void> {
  const from = await store.customers
    .findById(absorbed, { reserved: 1 })
    .lean<Pick<CustomerDocument, 'reserved'> | null>();
  const reserved = from?.reserved ?? [];
  if (reserved.length === 0) return;
  await store.customers.updateOne(
    { _id: survivor },
    { $push: { reserved: { $each: [...reserved] } }, $inc: { reservedRevision: 1 } },
  );
  await store.customers.updateOne({ _id: absorbed }, { $set: { reserved: [] } });
}

/** Completes merges that a crash left half done. Run before events are taken. @returns the survivors concerned */
export async function finishMerges(store: Store): Promise<CustomerId[]> {
  const unfinished = await store.customers.find({ mergePending: true }, { mergedInto: 1 }).lean();
  const survivors = new Set<CustomerId>();
  for (const { _id, mergedInto } of unfinished) {
    if (mergedInto === null) continue;
    await moveEverything(store, _id, mergedInto);
    survivors.add(mergedInto as CustomerId);
  }
  return [...survivors];
}
