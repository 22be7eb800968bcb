import type { AgentView } from '../api/shapes/session.js';
import type { Store } from '../store/store.js';
import type { AgentDocument } from './agent-document.js';
import { agentViewOf } from './agents.js';
import { hashSecret, newSecret } from './secrets.js';
import { SESSION_SCHEMA_VERSION, type SessionDocument } from './session-document.js';

export const SESSION_HOURS = 12;
const SEEN_EVERY_MS = 60_000;
const SESSION_PREFIX = 'ses';

/** Whether a bearer token is a session's: API keys begin otherwise. */
export function isSessionToken(token: string): boolean {
  return token.startsWith(`${SESSION_PREFIX}_`);
}

/** What a session's id is, as lists of sessions show it: the token can't be made from it. */
export function sessionIdOf(token: string): string {
  return hashSecret(token);
}

export type NewSession = {
  readonly agentId: string;
  readonly now: Date;
  readonly userAgent?: string | undefined;
  readonly address?: string | undefined;
  /** It begins with single sign-on. */
  readonly signedOn?: boolean;
  /** Of a help desk's sidebar, opened from this session of the console. */
  readonly plugin?: { readonly parent: string; readonly minutes: number };
};

/** Starts a session. @returns the token for the cookie; only its hash is stored */
export async function startSession(
  store: Store,
  { agentId, now, userAgent, address, signedOn = false, plugin }: NewSession,
): Promise<{ token: string; expiresAt: Date }> {
  const token = newSecret(SESSION_PREFIX);
  const lastsMs = plugin === undefined ? SESSION_HOURS * 3_600_000 : plugin.minutes * 60_000;
  const expiresAt = new Date(now.getTime() + lastsMs);
  await store.sessions.create({
    _id: hashSecret(token),
    schemaVersion: SESSION_SCHEMA_VERSION,
    agentId,
    createdAt: now,
    expiresAt,
    seenAt: now,
    ...(plugin === undefined ? {} : { kind: 'plugin', parent: plugin.parent }),
    ...(signedOn ? { signedOn } : {}),
    ...(userAgent === undefined ? {} : { userAgent: userAgent.slice(0, 300) }),
    ...(address === undefined ? {} : { address }),
  });
  return { token, expiresAt };
}

export type KnownSession = { readonly agent: AgentView; readonly plugin: boolean };

/** Whose session a token is; null when it never was one, has ended or run out, or the person may not come in any more. */
export async function sessionOf(store: Store, token: string, now: Date): Promise<KnownSession | null> {
  const session = await store.sessions.findById(hashSecret(token)).lean<SessionDocument | null>();
  if (session === null || session.expiresAt.getTime() <= now.getTime()) return null;
  const agent = await store.agents.findById(session.agentId).lean<AgentDocument | null>();
  if (agent === null || agent.deactivatedAt !== undefined) return null;
  const seen = session.seenAt?.getTime() ?? 0;
  if (now.getTime() - seen >= SEEN_EVERY_MS)
    await store.sessions.updateOne({ _id: session._id }, { $set: { seenAt: now } });
  return { agent: agentViewOf(agent), plugin: session.kind === 'plugin' };
}

/** The agent of a session; null as {@link sessionOf} says. */
export async function agentOfSession(store: Store, token: string, now: Date): Promise<AgentView | null> {
  return (await sessionOf(store, token, now))?.agent ?? null;
}

/** The sessions of an agent that are still good, the one used last first. */
export function sessionsOf(store: Store, agentId: string, now: Date): Promise<SessionDocument[]> {
  return store.sessions
    .find({ agentId, expiresAt: { $gt: now } })
    .sort({ seenAt: -1 })
    .lean<SessionDocument[]>();
}

/** @returns whether it began with single sign-on */
export async function endSession(store: Store, token: string): Promise<boolean> {
  const sessionId = hashSecret(token);
  const session = await store.sessions.findById(sessionId).lean<SessionDocument | null>();
  await store.sessions.deleteMany({ $or: [{ _id: sessionId }, { parent: sessionId }] });
  return session?.signedOn === true;
}

/** Ends one session of an agent, with the plugin's that came from it. @returns false where it isn't one of theirs */
export async function endSessionOf(store: Store, agentId: string, sessionId: string): Promise<boolean> {
  const ended = await store.sessions.deleteMany({
    agentId,
    $or: [{ _id: sessionId }, { parent: sessionId }],
  });
  return ended.deletedCount > 0;
}

/** Ends all sessions of an agent but the one named, and the plugin's that came from it. @returns how many */
export async function endSessionsOf(store: Store, agentId: string, keptId?: string): Promise<number> {
  const ended = await store.sessions.deleteMany({
    agentId,
    ...(keptId === undefined ? {} : { _id: { $ne: keptId }, parent: { $ne: keptId } }),
  });
  return ended.deletedCount;
}

/** Moves the end of a plugin's session ahead, never beyond what its parent has left. @returns null where it is over */
export async function extendPluginSession(
  store: Store,
  { token, now, minutes }: { readonly token: string; readonly now: Date; readonly minutes: number },
): Promise<Date | null> {
  const session = await store.sessions.findById(hashSecret(token)).lean<SessionDocument | null>();
  if (session?.kind !== 'plugin' || session.parent === undefined) return null;
  const parent = await store.sessions.findById(session.parent).lean<SessionDocument | null>();
  if (parent === null) return null;
  const wanted = now.getTime() + minutes * 60_000;
  const expiresAt = new Date(Math.min(wanted, parent.expiresAt.getTime()));
  if (expiresAt.getTime() <= now.getTime()) return null;
  await store.sessions.updateOne({ _id: session._id }, { $set: { expiresAt } });
  return expiresAt;
}
