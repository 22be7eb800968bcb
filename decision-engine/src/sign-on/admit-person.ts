import type { AgentDocument } from '../access/agent-document.js';
import { createAgent } from '../access/agents.js';
import type { InvitationDocument } from '../access/invitation-document.js';
import { setRole } from '../access/manage-people.js';
import type { Role } from '../access/permissions.js';
import { newSecret } from '../access/secrets.js';
import type { Engine } from '../engine/engine.js';
import type { ProvenPerson } from './oidc-provider.js';
import type { SignOnSettings } from './sign-on-settings.js';

export type Admission =
  | { readonly kind: 'admitted'; readonly agent: AgentDocument; readonly made: boolean }
  /** No address, or none the provider vouches for. */
  | { readonly kind: 'unverified' }
  | { readonly kind: 'other-domain' }
  /** Nobody has invited this address, and no claim gives it a role. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'deactivated' }
  /** The address belongs to somebody who comes in as another person of the provider. */
  | { readonly kind: 'other-person' };

type Shell = Pick<Engine, 'store' | 'clock' | 'newId'>;

/**
 * Finds who a proven person is in Segue: who came in by the provider before, else who has the address, else who was
 * invited under it, else, where claims give roles, a new person. The role follows the claim at each sign-on.
 */
export async function admitPerson(
  shell: Shell,
  settings: SignOnSettings,
  person: ProvenPerson,
): Promise<Admission> {
  const { store } = shell;
  const { subject, email, emailVerified } = person;
  if (email !== null && settings.domains.length > 0 && !settings.domains.includes(domainOf(email)))
    return { kind: 'other-domain' };
  const known = await store.agents.findOne({ subject }).lean<AgentDocument | null>();
  if (known !== null) return admitted(shell, known, roleOf(settings, person));
  const vouched = emailVerified === true || (settings.trustEmail && emailVerified === null);
  if (email === null || !vouched) return { kind: 'unverified' };
  const made = await makeInvited(shell, { email, person, role: roleOf(settings, person) });
  const agent = await store.agents.findOne({ email }).lean<AgentDocument | null>();
  if (agent === null) return { kind: 'unknown' };
  if (agent.subject !== undefined && agent.subject !== subject) return { kind: 'other-person' };
  if (agent.deactivatedAt !== undefined) return { kind: 'deactivated' };
  const linked = await store.agents.updateOne(
    { _id: agent._id, $or: [{ subject: { $exists: false } }, { subject }] },
    { $set: { subject } },
  );
  if (linked.matchedCount === 0) return { kind: 'other-person' };
  const answer = await admitted(shell, { ...agent, subject }, roleOf(settings, person));
  return answer.kind === 'admitted' ? { ...answer, made } : answer;
}

function domainOf(email: string): string {
  return email.slice(email.lastIndexOf('@') + 1);
}

function roleOf({ roles }: SignOnSettings, { groups }: ProvenPerson): Role | null {
  return [...roles].find(([value]) => groups.includes(value))?.[1] ?? null;
}

async function admitted(
  { store }: Shell,
  agent: AgentDocument,
  role: Role | null,
): Promise<Extract<Admission, { kind: 'admitted' | 'deactivated' }>> {
  if (agent.deactivatedAt !== undefined) return { kind: 'deactivated' };
  if (role === null || role === agent.role) return { kind: 'admitted', agent, made: false };
  // Where nobody else could let people in, the last admin stays one.
  const change = await setRole(store, agent._id, role);
  return { kind: 'admitted', agent: change.kind === 'changed' ? change.after : agent, made: false };
}

/** Makes an agent of who was invited, or has a role by a claim. @returns whether one was made */
async function makeInvited(
  { store, clock, newId }: Shell,
  {
    email,
    person,
    role,
  }: { readonly email: string; readonly person: ProvenPerson; readonly role: Role | null },
): Promise<boolean> {
  const now = clock();
  const invitation = await store.invitations
    .findOne({ email, expiresAt: { $gt: now } })
    .lean<InvitationDocument | null>();
  const given = role ?? invitation?.role ?? null;
  if (given === null) return false;
  const made = await createAgent(store, {
    agentId: newId('agt'),
    email,
    name: person.name ?? invitation?.name ?? email,
    role: given,
    // Nobody knows it: they come in by the provider, or by a link of an admin's.
    password: newSecret('pwd'),
    createdAt: now,
  });
  await store.invitations.deleteMany({ email });
  return made;
}
