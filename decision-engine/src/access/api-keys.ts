import type { Store } from '../store/store.js';
import { API_KEY_SCHEMA_VERSION, type ApiKeyDocument, type ApiKeyScope } from './api-key-document.js';
import { hashSecret, newSecret } from './secrets.js';

export type ApiKeyOwner = { readonly name: string; readonly scopes: readonly ApiKeyScope[] };

/** Makes a key. @returns the key itself, which isn't stored and can't be shown again */
export async function createApiKey(
  store: Store,
  { name, scopes, now, createdBy }: ApiKeyOwner & { readonly now: Date; readonly createdBy?: string },
): Promise<string> {
  // A key that may only ask for placements is made to stand in pages, where everybody can read it.
  const key = newSecret(scopes.every((scope) => scope === 'placements') ? 'pk' : 'sk');
  await store.apiKeys.create({
    _id: hashSecret(key),
    schemaVersion: API_KEY_SCHEMA_VERSION,
    name,
    scopes: [...scopes],
    createdAt: now,
    ...(createdBy === undefined ? {} : { createdBy }),
  });
  return key;
}

const USED_EVERY_MS = 60_000;

/** Who a key belongs to; null for a key nobody was given or that was taken back. Notes, to the minute, that it is used. */
export async function ownerOfKey(store: Store, key: string, now: Date): Promise<ApiKeyOwner | null> {
  const document = await store.apiKeys.findById(hashSecret(key)).lean<ApiKeyDocument | null>();
  if (document === null || document.revokedAt !== undefined) return null;
  if (now.getTime() - (document.usedAt?.getTime() ?? 0) >= USED_EVERY_MS)
    await store.apiKeys.updateOne({ _id: document._id }, { $set: { usedAt: now } });
  return { name: document.name, scopes: document.scopes };
}

/** Every key there ever was, the newest first. */
export function listApiKeys(store: Store): Promise<ApiKeyDocument[]> {
  return store.apiKeys.find().sort({ createdAt: -1, _id: 1 }).lean<ApiKeyDocument[]>();
}

/** @returns the key as it was; null where there is none, or it was taken back already */
export function revokeApiKey(store: Store, keyId: string, now: Date): Promise<ApiKeyDocument | null> {
  return store.apiKeys
    .findOneAndUpdate({ _id: keyId, revokedAt: { $exists: false } }, { $set: { revokedAt: now } })
    .lean<ApiKeyDocument | null>();
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
