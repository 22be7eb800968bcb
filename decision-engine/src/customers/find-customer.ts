import type { CustomerReference } from '../api/shapes/identity.js';
import type { Store } from '../store/store.js';
import type { CustomerDocument } from './customer-document.js';
import { identityKey, normaliseIdentity } from './identity.js';

/** The stored customer behind a reference, the surviving one where customers were merged; null when there is none. */
export async function findCustomer(
  store: Store,
  reference: CustomerReference,
): Promise<CustomerDocument | null> {
  const customerId = await ownerOf(store, reference);
  if (customerId === null) return null;
  const document = await store.customers.findById(customerId).lean<CustomerDocument | null>();
  return document?.mergedInto == null ? document : findCustomer(store, { customerId: document.mergedInto });
}

/** The id of the customer a reference names, also of one that was merged; null when none is known by it. */
export async function ownerOf(store: Store, reference: CustomerReference): Promise<string | null> {
  if (reference.customerId !== undefined) return reference.customerId;
  for (const kind of ['userId', 'anonymousId', 'email', 'phone', 'externalId'] as const) {
    const value = reference[kind];
    if (value === undefined) continue;
    const identity = normaliseIdentity({ kind, value });
    if (identity === null) return null;
    const owner = await store.identities.findById(identityKey(identity), { customerId: 1 }).lean();
    return owner?.customerId ?? null;
  }
  return null;
}
