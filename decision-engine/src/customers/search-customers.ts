import type { Store } from '../store/store.js';
import type { CustomerDocument } from './customer-document.js';
import { displayNameOf } from './display-name.js';

const FOUND_AT_MOST = 20;

type Found = Pick<CustomerDocument, '_id' | 'traits'>;

export type FoundCustomer = {
  readonly customerId: string;
  readonly displayName: string;
  readonly email: string | null;
};

/**
 * Customers whose name, or a word of it, or one of whose identities (e-mail, user id, phone …) begins with the text, or
 * whose id it is. By index, so that it stays fast with a million customers.
 */
export async function searchCustomers(store: Store, text: string): Promise<{ items: FoundCustomer[] }> {
  const wanted = text.trim();
  const lower = wanted.toLowerCase();
  const kinds = ['email', 'userId', 'phone', 'externalId', 'anonymousId'] as const;
  const found = await store.identities
    .find({
      $or: [
        ...kinds.map((kind) => startingWith(`${kind}:${kind === 'email' ? lower : wanted}`)),
        { customerId: wanted },
      ],
    })
    .limit(FOUND_AT_MOST * 3)
    .lean();
  const byName = await store.customers
    // One and the same name must lie in the range: of a list, else, two names could each meet half of it.
    .find(
      { searchNames: { $elemMatch: { $gte: lower, $lt: `${lower}\uffff` } }, mergedInto: null },
      { traits: 1 },
    )
    .limit(FOUND_AT_MOST)
    .lean<Found[]>();
  const named = new Set(byName.map(({ _id }) => _id));
  const customerIds = [...new Set(found.map(({ customerId }) => customerId))].filter((id) => !named.has(id));
  const byIdentity = await store.customers
    .find({ _id: { $in: customerIds.slice(0, FOUND_AT_MOST) } }, { traits: 1 })
    .lean<Found[]>();
  const documents = [...byIdentity, ...byName].slice(0, FOUND_AT_MOST);
  return {
    items: documents.map((document) => {
      const { email } = document.traits;
      return {
        customerId: document._id,
        displayName: displayNameOf(document),
        email: typeof email === 'string' ? email : null,
      };
    }),
  };
}

/** A range instead of a regular expression: it uses the index, and no character of the text means anything. */
function startingWith(prefix: string) {
  return { _id: { $gte: prefix, $lt: `${prefix}\uffff` } };
}
