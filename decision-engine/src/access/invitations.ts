import type { Store } from '../store/store.js';
import { createAgent } from './agents.js';
import { INVITATION_SCHEMA_VERSION, type InvitationDocument } from './invitation-document.js';
import type { Role } from './permissions.js';
import { hashSecret, newSecret } from './secrets.js';

/** How long a link is good for. */
const INVITATION_HOURS = 72;

export type NewInvitation = {
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly invitedBy: string;
  readonly now: Date;
};

export type Invited =
  | { readonly kind: 'invited'; readonly token: string; readonly invitation: InvitationDocument }
  | { readonly kind: 'known' };

/**
 * Keeps a place for somebody. An earlier invitation of the same address is void from then on.
 * @returns the token for the link, which isn't stored; `known` where the address is somebody's already
 */
export async function invite(
  store: Store,
  { email, name, role, invitedBy, now }: NewInvitation,
): Promise<Invited> {
  const address = email.trim().toLowerCase();
  if ((await store.agents.exists({ email: address })) !== null) return { kind: 'known' };
  await store.invitations.deleteMany({ email: address });
  const token = newSecret('inv');
  const invitation: InvitationDocument = {
    _id: hashSecret(token),
    schemaVersion: INVITATION_SCHEMA_VERSION,
    email: address,
    name: name.trim(),
    role,
    invitedBy,
    createdAt: now,
    expiresAt: new Date(now.getTime() + INVITATION_HOURS * 3_600_000),
  };
  await store.invitations.create(invitation);
  return { kind: 'invited', token, invitation };
}

/** Whose invitation a token is; null when it never was one, was used or withdrawn, or has run out. */
export async function readInvitation(
  store: Store,
  { token, now }: { readonly token: string; readonly now: Date },
): Promise<InvitationDocument | null> {
  const found = await store.invitations.findById(hashSecret(token)).lean<InvitationDocument | null>();
  return found === null || found.expiresAt.getTime() <= now.getTime() ? null : found;
}

/** Those that are still good, the newest first. */
export function openInvitations(store: Store, now: Date): Promise<InvitationDocument[]> {
  return store.invitations
    .find({ expiresAt: { $gt: now } })
    .sort({ createdAt: -1 })
    .lean<InvitationDocument[]>();
}

export type Accepted =
  | { readonly kind: 'accepted'; readonly agentId: string }
  | { readonly kind: 'not-valid' };

/**
 * Makes the invited person an agent. The agent is made first and the invitation used up after: a crash between the two
 * leaves a link that no longer works, because the address is somebody's.
 */
export async function acceptInvitation(
  store: Store,
  {
    token,
    name,
    password,
    agentId,
    now,
  }: {
    readonly token: string;
    readonly name: string;
    readonly password: string;
    readonly agentId: string;
    readonly now: Date;
  },
): Promise<Accepted> {
  const invitation = await readInvitation(store, { token, now });
  if (invitation === null) return { kind: 'not-valid' };
  const { email, role } = invitation;
  const created = await createAgent(store, { agentId, email, name, role, password, createdAt: now });
  await store.invitations.deleteMany({ email });
  return created ? { kind: 'accepted', agentId } : { kind: 'not-valid' };
}
