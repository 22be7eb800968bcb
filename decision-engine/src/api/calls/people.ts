import type { z } from 'zod';
import type { AgentDocument } from '../../access/agent-document.js';
import type { InvitationDocument } from '../../access/invitation-document.js';
import { type Emailed, mailInvitation } from '../../access/invitation-mail.js';
import { invite, openInvitations } from '../../access/invitations.js';
import {
  deactivate,
  dropSecondFactor,
  type PersonChange,
  reactivate,
  setRole,
} from '../../access/manage-people.js';
import type { Role } from '../../access/permissions.js';
import { hasSecondFactor } from '../../access/second-factor.js';
import type { SessionDocument } from '../../access/session-document.js';
import { endSessionsOf } from '../../access/sessions.js';
import type { AuditNote } from '../../audit/audited.js';
import type { Engine } from '../../engine/engine.js';
import { ApiError } from '../api-error.js';
import type { InvitationView, inviteRequest, PersonView } from '../shapes/people.js';
import type { AgentView } from '../shapes/session.js';

/** A call of somebody who manages people. */
export type PeopleCall = { readonly engine: Engine; readonly agent: AgentView; readonly note: AuditNote };

function iso(at: Date | undefined): string | null {
  return at === undefined ? null : at.toISOString();
}

function personOf(agent: AgentDocument, sessions: readonly SessionDocument[]): PersonView {
  const seen = sessions.map(({ seenAt }) => seenAt?.getTime() ?? 0);
  const latest = Math.max(0, ...seen);
  return {
    agentId: agent._id,
    email: agent.email,
    name: agent.name,
    role: agent.role,
    createdAt: agent.createdAt.toISOString(),
    deactivatedAt: iso(agent.deactivatedAt),
    secondFactor: hasSecondFactor(agent),
    sessions: sessions.length,
    seenAt: latest === 0 ? null : new Date(latest).toISOString(),
  };
}

function invitationOf({ email, name, role, createdAt, expiresAt }: InvitationDocument): InvitationView {
  return { email, name, role, createdAt: createdAt.toISOString(), expiresAt: expiresAt.toISOString() };
}

export async function listPeople({
  engine: { store, clock },
}: Pick<PeopleCall, 'engine'>): Promise<{ items: PersonView[]; invitations: InvitationView[] }> {
  const now = clock();
  const [agents, sessions, invitations] = await Promise.all([
    store.agents.find().sort({ createdAt: 1 }).lean<AgentDocument[]>(),
    store.sessions.find({ expiresAt: { $gt: now } }).lean<SessionDocument[]>(),
    openInvitations(store, now),
  ]);
  return {
    items: agents.map((agent) =>
      personOf(
        agent,
        sessions.filter(({ agentId }) => agentId === agent._id),
      ),
    ),
    invitations: invitations.map(invitationOf),
  };
}

type InviteRequest = z.output<typeof inviteRequest>;

/** The token is in this answer, and in the e-mail where one goes out. @throws ApiError `person_known` */
export async function invitePerson(
  { engine, agent, note }: PeopleCall,
  { email, name, role, consoleUrl }: InviteRequest,
): Promise<{ token: string; invitation: InvitationView; emailed: Emailed }> {
  note({ target: { kind: 'invitation', id: email, name: email }, after: { email, role } });
  const invited = await invite(engine.store, {
    email,
    name,
    role,
    invitedBy: agent.agentId,
    now: engine.clock(),
  });
  if (invited.kind === 'known')
    throw new ApiError('person_known', `Somebody has the address "${email}" already`);
  const { token, invitation } = invited;
  const mail = { invitation, token, consoleUrl, from: agent.name };
  const emailed = await mailInvitation(engine.channels.get('email'), mail);
  return { token, invitation: invitationOf(invitation), emailed };
}

export async function withdrawInvitation(
  { engine, note }: PeopleCall,
  { email }: { readonly email: string },
): Promise<{ withdrawn: boolean }> {
  note({ target: { kind: 'invitation', id: email, name: email } });
  const gone = await engine.store.invitations.deleteMany({ email: email.trim().toLowerCase() });
  return { withdrawn: gone.deletedCount > 0 };
}

type Asked = { readonly agentId: string };

const kept = ({ role, deactivatedAt, totp }: AgentDocument) => ({
  role,
  mayComeIn: deactivatedAt === undefined,
  secondFactor: totp?.confirmedAt != null,
});

async function changed(call: PeopleCall, agentId: string, change: PersonChange): Promise<{ changed: true }> {
  switch (change.kind) {
    case 'unknown':
      throw new ApiError('unknown_person', `There is nobody with the id "${agentId}"`);
    case 'last-admin':
      throw new ApiError('last_admin', 'This is the last admin: make somebody else one first');
    case 'changed':
      call.note({
        target: { kind: 'person', id: agentId, name: change.after.email },
        before: kept(change.before),
        after: kept(change.after),
      });
      await call.engine.live.sessionsChanged(agentId);
      return { changed: true };
  }
}

/** @throws ApiError `unknown_person`, `last_admin` */
export async function changeRole(call: PeopleCall, { agentId, role }: Asked & { readonly role: Role }) {
  return changed(call, agentId, await setRole(call.engine.store, agentId, role));
}

/** @throws ApiError `unknown_person`, `last_admin` */
export async function deactivatePerson(call: PeopleCall, { agentId }: Asked) {
  return changed(call, agentId, await deactivate(call.engine.store, agentId, call.engine.clock()));
}

/** @throws ApiError `unknown_person` */
export async function reactivatePerson(call: PeopleCall, { agentId }: Asked) {
  return changed(call, agentId, await reactivate(call.engine.store, agentId));
}

/** @throws ApiError `unknown_person` */
export async function resetSecondFactor(call: PeopleCall, { agentId }: Asked) {
  return changed(call, agentId, await dropSecondFactor(call.engine.store, agentId));
}

/** Ends all sessions of a person: at their next request, and on their open pages at once. */
export async function revokeSessions(
  { engine, note }: PeopleCall,
  { agentId }: Asked,
): Promise<{ ended: number }> {
  const agent = await engine.store.agents.findById(agentId).lean<AgentDocument | null>();
  if (agent === null) throw new ApiError('unknown_person', `There is nobody with the id "${agentId}"`);
  const ended = await endSessionsOf(engine.store, agentId);
  note({ target: { kind: 'person', id: agentId, name: agent.email }, after: { ended } });
  await engine.live.sessionsChanged(agentId);
  return { ended };
}
