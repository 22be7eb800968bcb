import type { AgentView } from '../api/shapes/session.js';
import type { Store } from '../store/store.js';
import type { AgentDocument } from './agent-document.js';
import { agentViewOf } from './agents.js';
import { hashSecret, newSecret } from './secrets.js';
import { SESSION_SCHEMA_VERSION } from './session-document.js';

export const SESSION_HOURS = 12;

/** Starts a session. @returns the token for the cookie; only its hash is stored */
export async function startSession(
  store: Store,
  { agentId, now }: { readonly agentId: string; readonly now: Date },
): Promise<{ token: string; expiresAt: Date }> {
  const token = newSecret('ses');
  const expiresAt = new Date(now.getTime() + SESSION_HOURS * 3_600_000);
  await store.sessions.create({
    _id: hashSecret(token),
    schemaVersion: SESSION_SCHEMA_VERSION,
    agentId,
    createdAt: now,
    expiresAt,
  });
  return { token, expiresAt };
}

/** Whose session a token is; null when it never was one, has ended or has run out. */
export async function agentOfSession(store: Store, token: string, now: Date): Promise<AgentView | null> {
  const session = await store.sessions.findById(hashSecret(token)).lean();
  if (session === null || session.expiresAt.getTime() <= now.getTime()) return null;
  const agent = await store.agents.findById(session.agentId).lean<AgentDocument | null>();
  return agent === null ? null : agentViewOf(agent);
}

export async function endSession(store: Store, token: string): Promise<void> {
  await store.sessions.deleteOne({ _id: hashSecret(token) });
}
