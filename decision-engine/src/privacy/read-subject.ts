import type { CustomerReference } from '../api/shapes/identity.js';
import { displayNameOf } from '../customers/display-name.js';
import { findCustomer } from '../customers/find-customer.js';
import type { Store } from '../store/store.js';
import type { Subject } from './personal-data.js';
import { personalHashes } from './personal-hash.js';

/** A customer with everybody who was merged into them: their profiles are still there. */
export async function familyOf(store: Store, customerId: string): Promise<string[]> {
  const family = new Set([customerId]);
  let newest = [customerId];
  while (newest.length > 0) {
    const merged = await store.customers.find({ mergedInto: { $in: newest } }, { _id: 1 }).lean();
    newest = merged.map(({ _id }) => _id).filter((id) => !family.has(id));
    for (const id of newest) family.add(id);
  }
  return [...family];
}

export type FoundSubject = {
  readonly customerIds: string[];
  readonly customerHash: string;
  readonly displayName: string;
};

/** @returns null where nobody has this identity */
export async function findSubject(store: Store, reference: CustomerReference): Promise<FoundSubject | null> {
  const customer = await findCustomer(store, reference);
  if (customer === null) return null;
  const [customerHash = ''] = await personalHashes(store, [customer._id]);
  return {
    customerIds: await familyOf(store, customer._id),
    customerHash,
    displayName: displayNameOf(customer),
  };
}

/** What a request concerns, as of now. */
export async function subjectOf(
  store: Store,
  { customerIds, customerHash }: Pick<FoundSubject, 'customerIds' | 'customerHash'>,
): Promise<Subject> {
  const decisions = await store.decisions
    .find({ customerId: { $in: customerIds } }, { _id: 1 })
    .lean<{ _id: string }[]>();
  return { customerIds, customerHash, decisionIds: decisions.map(({ _id }) => _id) };
}
