import { agentViewOf, checkPassword } from '../access/agents.js';
import { hasSecondFactor, takeSecondFactor } from '../access/second-factor.js';
import { startSession } from '../access/sessions.js';
import type { SignInAttempts } from '../access/sign-in-attempts.js';
import type { Engine } from '../engine/engine.js';
import { createTurns } from '../engine/take-turns.js';
import { ApiError } from './api-error.js';
import type { AgentView } from './shapes/session.js';

type Attempt = {
  readonly email: string;
  readonly password: string;
  /** Of the second factor. */
  readonly code?: string | undefined;
  readonly address: string;
  readonly userAgent?: string | undefined;
};
type SignedIn = { readonly agent: AgentView; readonly token: string; readonly expiresAt: Date };

export type SignIn = (attempt: Attempt) => Promise<SignedIn>;

/** Signs agents in, counting wrong passwords and codes of each account and address. */
export function createSignIn(engine: Engine, attempts: SignInAttempts): SignIn {
  const turns = createTurns();
  const signIn = async (
    name: string,
    { email, password, code, address, userAgent }: Attempt,
  ): Promise<SignedIn> => {
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
      // Counted before it is looked at: another engine may be looking at a guess, too.
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
  // One after the other: guesses sent all at once would share one look at the count.
  return (attempt) => {
    const name = attempt.email.trim().toLowerCase();
    return turns(`email ${name}`, () => turns(`address ${attempt.address}`, () => signIn(name, attempt)));
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
