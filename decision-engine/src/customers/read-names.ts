import type { Store } from '../store/store.js';
import type { CustomerDocument } from './customer-document.js';
import { displayNameOf } from './display-name.js';

/** What people call these customers, by id; a customer who is gone is missing. */
export async function readNames(
  store: Pick<Store, 'customers'>,
  customerIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const found = await store.customers
    .find({ _id: { $in: [...new Set(customerIds)] } }, { traits: 1 })
    .lean<Pick<CustomerDocument, '_id' | 'traits'>[]>();
  return new Map(found.map((customer) => [customer._id, displayNameOf(customer)]));
}
