import type { Store } from '../store/store.js';
import type { AgentDocument } from './agent-document.js';
import type { Role } from './permissions.js';

export type PersonChange =
  | { readonly kind: 'changed'; readonly before: AgentDocument; readonly after: AgentDocument }
  | { readonly kind: 'unknown' }
  /** Nobody would be left who can let others in. */
  | { readonly kind: 'last-admin' };

const ACTIVE_ADMIN = { role: 'admin', deactivatedAt: { $exists: false } } as const;

type Change = {
  readonly change: object;
  readonly back: (before: AgentDocument) => object;
};

/**
 * Changes a person, unless no admin would be left. Two admins who demote each other at once would both pass a check made
 * before the write; so it is made after it, and a change that leaves nobody is taken back.
 */
async function changePerson(store: Store, agentId: string, { change, back }: Change): Promise<PersonChange> {
  const before = await store.agents.findById(agentId).lean<AgentDocument | null>();
  if (before === null) return { kind: 'unknown' };
  await store.agents.updateOne({ _id: agentId }, change);
  if ((await store.agents.countDocuments(ACTIVE_ADMIN)) === 0) {
    await store.agents.updateOne({ _id: agentId }, back(before));
    return { kind: 'last-admin' };
  }
  const after = await store.agents.findById(agentId).lean<AgentDocument | null>();
  return after === null ? { kind: 'unknown' } : { kind: 'changed', before, after };
}

export function setRole(store: Store, agentId: string, role: Role): Promise<PersonChange> {
  return changePerson(store, agentId, {
    change: { $set: { role } },
    back: (before) => ({ $set: { role: before.role } }),
  });
}

/** Nobody signs in as this person any more, and all their sessions are over. */
export async function deactivate(store: Store, agentId: string, now: Date): Promise<PersonChange> {
  const changed = await changePerson(store, agentId, {
    change: { $set: { deactivatedAt: now } },
    back: () => ({ $unset: { deactivatedAt: '' } }),
  });
  if (changed.kind === 'changed') await store.sessions.deleteMany({ agentId });
  return changed;
}

export function reactivate(store: Store, agentId: string): Promise<PersonChange> {
  return changePerson(store, agentId, {
    change: { $unset: { deactivatedAt: '' } },
    back: () => ({ $unset: { deactivatedAt: '' } }),
  });
}

/** Lets somebody in who lost phone and recovery codes; they sign in with the password alone and set it up anew. */
export function dropSecondFactor(store: Store, agentId: string): Promise<PersonChange> {
  return changePerson(store, agentId, {
    change: { $unset: { totp: '' } },
    back: () => ({ $unset: { totp: '' } }),
  });
}
