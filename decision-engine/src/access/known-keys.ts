import type { Store } from '../store/store.js';
import { type ApiKeyOwner, ownerOfKey } from './api-keys.js';
import { hashSecret } from './secrets.js';

/** How long a key that was taken back may still be honoured. */
const REMEMBERED_MS = 5_000;
/** Keys that were never given to anybody are not remembered, so this many keys are in use at once. */
const MOST = 1_000;

/** An owner with the hash of the key, which names the key without giving it away. */
export type KnownOwner = ApiKeyOwner & { readonly keyId: string };

/** Looks up whose a key is, remembering the answer for five seconds: most calls come from a few keys. */
export function createKeyLookup(
  store: Store,
  clock: () => Date,
): (key: string) => Promise<KnownOwner | null> {
  const known = new Map<string, { readonly owner: KnownOwner; readonly until: number }>();
  return async (key) => {
    const keyId = hashSecret(key);
    const now = clock().getTime();
    const remembered = known.get(keyId);
    if (remembered !== undefined && remembered.until > now) return remembered.owner;
    known.delete(keyId);
    const found = await ownerOfKey(store, key, clock());
    if (found === null) return null;
    const owner = { ...found, keyId };
    if (known.size >= MOST) known.clear();
    known.set(keyId, { owner, until: now + REMEMBERED_MS });
    return owner;
  };
}
