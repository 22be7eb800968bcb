import type { CustomerReference } from '../api/shapes/identity.js';
import { type BatchOutcome, inBatches } from '../store/in-batches.js';
import type { Store } from '../store/store.js';
import type { CustomerDocument } from './customer-document.js';
import { ownerOf } from './find-customer.js';

/** Customers kept; each takes some tens of kilobytes. */
const MOST_KEPT = 1_000;
const MOST_AT_ONCE = 64;
/** A decision on what turns out to be old is made for nothing, which costs more than asking first. */
const MOST_OLD = 0.1;
/** How much one customer says about the next: the share is that of the last fifty or so. */
const WEIGHT_OF_ONE = 0.02;

type Head = Pick<CustomerDocument, '_id' | 'revision' | 'reservedRevision' | 'mergedInto'>;

/**
 * Customers this process has read lately. A profile is large and changes seldom, so what is stored is asked only whether it
 * is still the same: every save counts a revision up. What the scorer computes in the background (`churn`, `attention`,
 * `scoredAt`) may be older than what is stored.
 */
export type CustomerMemory = {
  /**
   * The customer as last known here, without asking the store: for what checks, when it writes, that nothing changed since.
   * Null where nothing is known, and while what is known turns out to be old too often for this to save work.
   */
  recall(reference: CustomerReference): CustomerDocument | null;
  /** The customer as stored now, the surviving one where customers were merged; null when there is none. */
  find(reference: CustomerReference): Promise<CustomerDocument | null>;
  /** The customer as this process last saw or changed it, where that is newer than what is handed in. */
  newest(document: CustomerDocument): CustomerDocument;
  /** Keeps what this process itself changed; that the change was taken says that what was known was still right. */
  remember(document: CustomerDocument): void;
  /** Something was learned of these customers: what is known is of no use any more. */
  forget(customerIds: Iterable<string>): void;
};

type Versions = Pick<CustomerDocument, 'revision' | 'reservedRevision'>;

/** Whether two readings of a customer are of the same save. */
export function isSameSave(a: Versions, b: Versions): boolean {
  return a.revision === b.revision && (a.reservedRevision ?? 0) === (b.reservedRevision ?? 0);
}

function inOrder<Found extends { readonly _id: string }>(
  ids: readonly string[],
  found: readonly Found[],
): BatchOutcome<Found | null>[] {
  const byId = new Map(found.map((each) => [each._id, each]));
  return ids.map((id) => ({ ok: true, value: byId.get(id) ?? null }));
}

export function createCustomerMemory(store: Store): CustomerMemory {
  // In the order of their last use.
  const kept = new Map<string, CustomerDocument>();
  let oldShare = 0;
  const tell = (wasOld: boolean): void => {
    oldShare += ((wasOld ? 1 : 0) - oldShare) * WEIGHT_OF_ONE;
  };
  const keep = (document: CustomerDocument): void => {
    kept.delete(document._id);
    kept.set(document._id, document);
    if (kept.size <= MOST_KEPT) return;
    const [oldest] = kept.keys();
    if (oldest !== undefined) kept.delete(oldest);
  };
  const headOf = inBatches<string, Head | null>({
    run: async (ids) =>
      inOrder(
        ids,
        await store.customers
          .find({ _id: { $in: ids } }, { revision: 1, reservedRevision: 1, mergedInto: 1 })
          .lean<Head[]>(),
      ),
    mostAtOnce: MOST_AT_ONCE,
  });
  const wholeOf = inBatches<string, CustomerDocument | null>({
    run: async (ids) =>
      inOrder(ids, await store.customers.find({ _id: { $in: ids } }).lean<CustomerDocument[]>()),
    mostAtOnce: MOST_AT_ONCE,
  });
  const read = async (customerId: string): Promise<CustomerDocument | null> => {
    const known = kept.get(customerId);
    const head = known === undefined ? undefined : await headOf(customerId);
    if (known !== undefined && head != null && head.mergedInto === null && isSameSave(known, head)) {
      tell(false);
      keep(known);
      return known;
    }
    if (known !== undefined) tell(true);
    const document = head === null ? null : await wholeOf(customerId);
    if (document === null || document.mergedInto !== null) kept.delete(customerId);
    else keep(document);
    return document?.mergedInto == null ? document : read(document.mergedInto);
  };
  return {
    recall: ({ customerId }) =>
      customerId === undefined || oldShare > MOST_OLD ? null : (kept.get(customerId) ?? null),
    find: async (reference) => {
      const customerId = await ownerOf(store, reference);
      return customerId === null ? null : read(customerId);
    },
    newest: (document) => {
      const known = kept.get(document._id);
      if (known === undefined) return document;
      const isNewer =
        known.revision >= document.revision &&
        (known.reservedRevision ?? 0) >= (document.reservedRevision ?? 0) &&
        !isSameSave(known, document);
      return isNewer ? known : document;
    },
    remember: (document) => {
      tell(false);
      keep(document);
    },
    forget: (customerIds) => {
      for (const customerId of customerIds) kept.delete(customerId);
    },
  };
}
