import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { agentViewOf, checkPassword } from '../access/agents.js';
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
  readonly address: string;
}) => Promise<{ agent: AgentView; token: string; expiresAt: Date }>;

/** Signs agents in, counting wrong passwords. The counts live in this process: a restart forgives. */
export function createSignIn(engine: Engine): SignIn {
  const perEmail = new RateLimiterMemory({ points: TRIES_PER_EMAIL, duration: WINDOW_SECONDS });
  const perAddress = new RateLimiterMemory({ points: TRIES_PER_ADDRESS, duration: WINDOW_SECONDS });
  return async ({ email, password, address }) => {
    const name = email.trim().toLowerCase();
    await refuseWhenSpent(perEmail, name);
    await refuseWhenSpent(perAddress, address);
    const agent = await checkPassword(engine.store, { email, password });
    if (agent === null) {
      await Promise.allSettled([perEmail.consume(name), perAddress.consume(address)]);
      throw new ApiError('wrong_credentials', 'E-mail or password is wrong');
    }
    await perEmail.delete(name);
    return {
      agent: agentViewOf(agent),
      ...(await startSession(engine.store, { agentId: agent._id, now: engine.clock() })),
    };
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
