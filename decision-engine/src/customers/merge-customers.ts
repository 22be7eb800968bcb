import type { Store } from '../store/store.js';
import type { CustomerDocument } from './customer-document.js';
import type { CustomerId } from './profile.js';

/**
 * Makes one customer part of another. There is no transaction, so each step may be repeated and the order matters:
 * the absorbed customer is marked first (a crash after that is finished by `finishMerges`), then gives up identities,
 * decisions and last its events, which become pending for the survivor and so enter its profile exactly once.
 */
export async function mergeCustomers(
  store: Store,
  { absorbed, survivor }: { readonly absorbed: CustomerId; readonly survivor: CustomerId },
): Promise<void> {
  if (absorbed === survivor) return;
  await store.customers.updateOne(
    { _id: absorbed },
    { $set: { mergedInto: survivor, mergePending: true, attention: null }, $inc: { revision: 1 } },
  );
  await moveEverything(store, absorbed, survivor);
}

async function moveEverything(store: Store, absorbed: string, survivor: string): Promise<void> {
  await store.identities.updateMany({ customerId: absorbed }, { $set: { customerId: survivor } });
  await store.decisions.updateMany({ customerId: absorbed }, { $set: { customerId: survivor } });
  await store.journeyRuns.updateMany({ customerId: absorbed }, { $set: { customerId: survivor } });
  await store.journeyTasks.updateMany({ customerId: absorbed }, { $set: { customerId: survivor } });
  await store.offerCodes.updateMany({ customerId: absorbed }, { $set: { customerId: survivor } });
  await store.events.updateMany({ customerId: absorbed }, { $set: { customerId: survivor, pending: true } });
  await moveReservations(store, absorbed, survivor);
  await store.customers.updateOne({ _id: absorbed }, { $unset: { mergePending: '' } });
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
