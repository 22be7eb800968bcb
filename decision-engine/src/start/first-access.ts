import { createAgent } from '../access/agents.js';
import { APP_SCOPES } from '../access/api-key-document.js';
import { createApiKey } from '../access/api-keys.js';
import { newPassword } from '../access/secrets.js';
import type { NewId } from '../decisions/record-id.js';
import type { Store } from '../store/store.js';

const FIRST_ADMIN_EMAIL = 'admin@segue.local';

/** What a first start makes so that somebody can come in. It is told once and stored as hashes only. */
export type FirstAccess = { readonly email: string; readonly password: string; readonly apiKey: string };

/** Makes the first admin and the first API key where there is no agent yet; null where there is one. */
export async function createFirstAccess(
  store: Store,
  { now, newId }: { readonly now: Date; readonly newId: NewId },
): Promise<FirstAccess | null> {
  if ((await store.agents.estimatedDocumentCount()) > 0) return null;
  const password = newPassword();
  const created = await createAgent(store, {
    agentId: newId('agt'),
    email: FIRST_ADMIN_EMAIL,
    name: 'Admin',
    role: 'admin',
    password,
    createdAt: now,
  });
  if (!created) return null;
  const apiKey = await createApiKey(store, {
    name: 'first key',
    scopes: APP_SCOPES,
    now,
  });
  return { email: FIRST_ADMIN_EMAIL, password, apiKey };
}
