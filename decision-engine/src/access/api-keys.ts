import type { Store } from '../store/store.js';
import { API_KEY_SCHEMA_VERSION, type ApiKeyScope } from './api-key-document.js';
import { hashSecret, newSecret } from './secrets.js';

export type ApiKeyOwner = { readonly name: string; readonly scopes: readonly ApiKeyScope[] };

/** Makes a key. @returns the key itself, which isn't stored and can't be shown again */
export async function createApiKey(
  store: Store,
  { name, scopes, now }: ApiKeyOwner & { readonly now: Date },
): Promise<string> {
  const key = newSecret('sk');
  await store.apiKeys.create({
    _id: hashSecret(key),
    schemaVersion: API_KEY_SCHEMA_VERSION,
    name,
    scopes: [...scopes],
    createdAt: now,
  });
  return key;
}

/** Who a key belongs to; null for a key nobody was given or that was taken back. */
export async function ownerOfKey(store: Store, key: string): Promise<ApiKeyOwner | null> {
  const document = await store.apiKeys.findById(hashSecret(key)).lean();
  return document === null ? null : { name: document.name, scopes: document.scopes };
}

/**
 * The key in an `Authorization` header: `Bearer KEY`, or Basic with the key as the user and no password, as Segment's
 * clients send it. Null when there is none.
 */
export function keyInHeader(header: string | undefined): string | null {
  const [scheme = '', credentials = ''] = (header ?? '').trim().split(/\s+/, 2);
  if (credentials === '') return null;
  if (scheme.toLowerCase() === 'bearer') return credentials;
  if (scheme.toLowerCase() !== 'basic') return null;
  const [user = ''] = Buffer.from(credentials, 'base64').toString('utf8').split(':', 1);
  return user === '' ? null : user;
}
