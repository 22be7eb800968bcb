import type { CustomerDocument } from '../customers/customer-document.js';
import { normaliseIdentity } from '../customers/identity.js';
import type { Store } from '../store/store.js';

/** The customer's e-mail address or phone number: the one they told last where they have several; null = none is known. */
export async function identityAddress(
  store: Pick<Store, 'identities'>,
  { _id: customerId, traits }: CustomerDocument,
  kind: 'email' | 'phone',
): Promise<string | null> {
  const known = await store.identities.find({ customerId, kind }).sort({ _id: 1 }).lean();
  const told = traits[kind];
  const latest = typeof told === 'string' ? normaliseIdentity({ kind, value: told })?.value : undefined;
  return (known.find(({ value }) => value === latest) ?? known[0])?.value ?? null;
}
