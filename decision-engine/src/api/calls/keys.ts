import type { ApiKeyDocument, ApiKeyScope } from '../../access/api-key-document.js';
import { createApiKey, listApiKeys, revokeApiKey } from '../../access/api-keys.js';
import { hashSecret } from '../../access/secrets.js';
import { ApiError } from '../api-error.js';
import type { ApiKeyView } from '../shapes/people.js';
import type { PeopleCall } from './people.js';

function viewOf({ _id, name, scopes, createdAt, createdBy, usedAt, revokedAt }: ApiKeyDocument): ApiKeyView {
  return {
    keyId: _id,
    name,
    scopes,
    createdAt: createdAt.toISOString(),
    createdBy: createdBy ?? null,
    usedAt: usedAt?.toISOString() ?? null,
    revokedAt: revokedAt?.toISOString() ?? null,
  };
}

export async function listKeys({ engine }: Pick<PeopleCall, 'engine'>): Promise<{ items: ApiKeyView[] }> {
  return { items: (await listApiKeys(engine.store)).map(viewOf) };
}

/** The key is in this answer and nowhere else. */
export async function newKey(
  { engine, agent, note }: PeopleCall,
  { name, scopes }: { readonly name: string; readonly scopes: readonly ApiKeyScope[] },
): Promise<{ key: string; keyId: string }> {
  const key = await createApiKey(engine.store, {
    name,
    scopes: [...new Set(scopes)],
    now: engine.clock(),
    createdBy: agent.name,
  });
  const keyId = hashSecret(key);
  note({ target: { kind: 'key', id: keyId, name }, after: { name, scopes } });
  return { key, keyId };
}

/** @throws ApiError `unknown_key` */
export async function takeBackKey(
  { engine, note }: PeopleCall,
  { keyId }: { readonly keyId: string },
): Promise<{ revoked: true }> {
  const before = await revokeApiKey(engine.store, keyId, engine.clock());
  if (before === null)
    throw new ApiError('unknown_key', 'There is no such key, or it was taken back already');
  note({ target: { kind: 'key', id: keyId, name: before.name }, before: { scopes: before.scopes } });
  return { revoked: true };
}
