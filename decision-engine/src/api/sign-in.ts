import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { agentViewOf, checkPassword } from '../access/agents.js';
import { hasSecondFactor, takeSecondFactor } from '../access/second-factor.js';
import { startSession } from '../access/sessions.js';
import type { Engine } from '../engine/engine.js';
import { ApiError } from './api-error.js';
import type { AgentView } from './shapes/session.js';

/** Wrong passwords allowed for one e-mail, and from one address, in a quarter of an hour. */
const WINDOW_SECONDS = 15 * 60;
const TRIES_PER_EMAIL = 10;
const TRIES_PER_ADDRESS = 50;

export type SignIn = (attempt: {
  readonly email: string;
  readonly password: string;
  /** Of the second factor. */
  readonly code?: string | undefined;
  readonly address: string;
  readonly userAgent?: string | undefined;
}) => Promise<{ agent: AgentView; token: string; expiresAt: Date }>;

/** Signs agents in, counting wrong passwords and codes. The counts live in this process: a restart forgives. */
export function createSignIn(engine: Engine): SignIn {
  const perEmail = new RateLimiterMemory({ points: TRIES_PER_EMAIL, duration: WINDOW_SECONDS });
  const perAddress = new RateLimiterMemory({ points: TRIES_PER_ADDRESS, duration: WINDOW_SECONDS });
  return async ({ email, password, code, address, userAgent }) => {
    const name = email.trim().toLowerCase();
    const refuse = async (error: ApiError): Promise<never> => {
      await Promise.allSettled([perEmail.consume(name), perAddress.consume(address)]);
      throw error;
    };
    await refuseWhenSpent(perEmail, name);
    await refuseWhenSpent(perAddress, address);
    const agent = await checkPassword(engine.store, { email, password });
    if (agent === null) return refuse(new ApiError('wrong_credentials', 'E-mail or password is wrong'));
    const now = engine.clock();
    if (hasSecondFactor(agent)) {
      if (code === undefined) throw new ApiError('code_needed', 'Enter the code of your authenticator app');
      if (!(await takeSecondFactor(engine.store, { agent, code, now })))
        return refuse(new ApiError('wrong_code', 'This code is wrong or used: wait for the next one'));
    }
    await perEmail.delete(name);
    const session = await startSession(engine.store, { agentId: agent._id, now, address, userAgent });
    return { agent: agentViewOf(agent), ...session };
  };
}

async function refuseWhenSpent(limiter: RateLimiterMemory, key: string): Promise<void> {
  const state = await limiter.get(key);
  if (!(state instanceof RateLimiterRes) || state.remainingPoints > 0) return;
  const retryAfterSeconds = Math.ceil(state.msBeforeNext / 1000);
  throw new ApiError(
    'too_many_attempts',
    `Too many attempts to sign in: try again in ${Math.ceil(retryAfterSeconds / 60)} minutes`,
    {
      retryAfterSeconds,
    },
  );
}
