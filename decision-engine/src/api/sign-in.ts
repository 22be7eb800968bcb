import { agentViewOf, checkPassword } from '../access/agents.js';
import { hasSecondFactor, takeSecondFactor } from '../access/second-factor.js';
import { startSession } from '../access/sessions.js';
import type { SignInAttempts } from '../access/sign-in-attempts.js';
import type { Engine } from '../engine/engine.js';
import { ApiError } from './api-error.js';
import type { AgentView } from './shapes/session.js';

export type SignIn = (attempt: {
  readonly email: string;
  readonly password: string;
  /** Of the second factor. */
  readonly code?: string | undefined;
  readonly address: string;
  readonly userAgent?: string | undefined;
}) => Promise<{ agent: AgentView; token: string; expiresAt: Date }>;

/** Signs agents in, counting wrong passwords and codes of each account and address. */
export function createSignIn(engine: Engine, attempts: SignInAttempts): SignIn {
  return async ({ email, password, code, address, userAgent }) => {
    const name = email.trim().toLowerCase();
    const refuse = async (error: ApiError): Promise<never> => {
      await attempts.count('email', name);
      await attempts.count('address', address);
      throw error;
    };
    refuseWhenSpent(await attempts.spent('email', name));
    refuseWhenSpent(await attempts.spent('address', address));
    const agent = await checkPassword(engine.store, { email, password });
    if (agent === null) return refuse(new ApiError('wrong_credentials', 'E-mail or password is wrong'));
    const now = engine.clock();
    if (hasSecondFactor(agent)) {
      if (code === undefined) throw new ApiError('code_needed', 'Enter the code of your authenticator app');
      // Counted before it is looked at: guesses sent all at once would share one look at the count.
      await attempts.count('email', name);
      refuseWhenSpent(await attempts.spent('email', name));
      if (!(await takeSecondFactor(engine, { agent, code, now }))) {
        await attempts.count('address', address);
        throw new ApiError('wrong_code', 'This code is wrong or used: wait for the next one');
      }
    }
    await attempts.forget('email', name);
    const session = await startSession(engine.store, { agentId: agent._id, now, address, userAgent });
    return { agent: agentViewOf(agent), ...session };
  };
}

function refuseWhenSpent(waitMs: number | null): void {
  if (waitMs === null) return;
  const retryAfterSeconds = Math.ceil(waitMs / 1000);
  throw new ApiError(
    'too_many_attempts',
    `Too many attempts to sign in: try again in ${Math.ceil(retryAfterSeconds / 60)} minutes`,
    { retryAfterSeconds },
  );
}
