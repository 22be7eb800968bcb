import type { AgentDocument } from '../../access/agent-document.js';
import { isPasswordOf, setPassword } from '../../access/agents.js';
import {
  beginSecondFactor,
  confirmSecondFactor,
  hasSecondFactor,
  removeSecondFactor,
} from '../../access/second-factor.js';
import { endSessionOf, endSessionsOf, sessionIdOf, sessionsOf } from '../../access/sessions.js';
import { ApiError } from '../api-error.js';
import type { ProfileView } from '../shapes/people.js';
import type { PeopleCall } from './people.js';

/** What an agent may do with their own account. */
export type ProfileCall = PeopleCall & { readonly token: string };

export async function readProfile({ engine, agent, token }: Omit<ProfileCall, 'note'>): Promise<ProfileView> {
  const [document, sessions] = await Promise.all([
    engine.store.agents.findById(agent.agentId).lean<AgentDocument | null>(),
    sessionsOf(engine.store, agent.agentId, engine.clock()),
  ]);
  const current = sessionIdOf(token);
  return {
    secondFactor: {
      on: document !== null && hasSecondFactor(document),
      recoveryCodesLeft: document?.totp?.recovery.length ?? 0,
    },
    sessions: sessions.map(({ _id, kind, createdAt, expiresAt, seenAt, userAgent, address }) => ({
      sessionId: _id,
      kind: kind ?? 'console',
      current: _id === current,
      createdAt: createdAt.toISOString(),
      expiresAt: expiresAt.toISOString(),
      seenAt: seenAt?.toISOString() ?? null,
      userAgent: userAgent ?? null,
      address: address ?? null,
    })),
  };
}

const self = ({ agent }: ProfileCall) => ({ kind: 'person', id: agent.agentId, name: agent.email });

async function requirePassword({ engine, agent }: ProfileCall, password: string): Promise<void> {
  if (await isPasswordOf(engine.store, agent.agentId, password)) return;
  throw new ApiError('wrong_password', 'This is not your password');
}

/** Ends every other session, too. @throws ApiError `wrong_password` */
export async function changePassword(
  call: ProfileCall,
  { password, newPassword }: { readonly password: string; readonly newPassword: string },
): Promise<{ endedSessions: number }> {
  const { engine, agent, token } = call;
  call.note({ target: self(call), after: null });
  await requirePassword(call, password);
  await setPassword(engine.store, { email: agent.email, password: newPassword });
  const endedSessions = await endSessionsOf(engine.store, agent.agentId, sessionIdOf(token));
  await engine.live.sessionsChanged(agent.agentId);
  return { endedSessions };
}

/** @throws ApiError `second_factor_on` */
export async function enrolSecondFactor(call: ProfileCall): Promise<{ secret: string; uri: string }> {
  call.note({ target: self(call) });
  const begun = await beginSecondFactor(call.engine, call.agent.agentId);
  if (begun === null) throw new ApiError('second_factor_on', 'A second factor is on: switch it off first');
  return begun;
}

/** @throws ApiError `wrong_code` */
export async function switchSecondFactorOn(
  call: ProfileCall,
  { code }: { readonly code: string },
): Promise<{ recoveryCodes: readonly string[] }> {
  call.note({ target: self(call), before: { secondFactor: false }, after: { secondFactor: true } });
  const { engine, agent } = call;
  const codes = await confirmSecondFactor(engine, {
    agentId: agent.agentId,
    code,
    now: engine.clock(),
  });
  if (codes === null) throw new ApiError('wrong_code', 'This code is not right: wait for the next one');
  return { recoveryCodes: codes };
}

/** @throws ApiError `wrong_password` */
export async function switchSecondFactorOff(
  call: ProfileCall,
  { password }: { readonly password: string },
): Promise<{ off: true }> {
  call.note({ target: self(call), before: { secondFactor: true }, after: { secondFactor: false } });
  await requirePassword(call, password);
  await removeSecondFactor(call.engine.store, call.agent.agentId);
  return { off: true };
}

/** Ends one other session of one's own. @throws ApiError `unknown_session` */
export async function endOwnSession(
  call: ProfileCall,
  { sessionId }: { readonly sessionId: string },
): Promise<{ ended: true }> {
  call.note({ target: self(call) });
  const { engine, agent } = call;
  if (!(await endSessionOf(engine.store, agent.agentId, sessionId)))
    throw new ApiError('unknown_session', 'You have no such session, or it has ended');
  await engine.live.sessionsChanged(agent.agentId);
  return { ended: true };
}

/** Ends all sessions of one's own but this one. */
export async function endOtherSessions(call: ProfileCall): Promise<{ ended: number }> {
  call.note({ target: self(call) });
  const { engine, agent, token } = call;
  const ended = await endSessionsOf(engine.store, agent.agentId, sessionIdOf(token));
  await engine.live.sessionsChanged(agent.agentId);
  return { ended };
}
