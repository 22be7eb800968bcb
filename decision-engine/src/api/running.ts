import { createKeyLookup, type KnownOwner } from '../access/known-keys.js';
import { createSignInAttempts, type SignInAttempts } from '../access/sign-in-attempts.js';
import type { Engine } from '../engine/engine.js';
import { createRateLimiter, type RateLimit, type RateLimiter } from './rate-limit.js';
import { createSignIn, type SignIn } from './sign-in.js';

/** What the API tells the work in the background. */
export type Background = {
  /** These customers changed: score them, refresh their open pages. */
  readonly changed: (customerIds: readonly string[]) => void;
  /** A message waits to be sent. */
  readonly deliveriesWait: () => void;
  /** Somebody's data is to be written out or erased. */
  readonly privacyWaits: () => void;
};

/** What a started engine offers to routes. Routes are laid out before it exists and look it up at each request. */
export type Running = Background & {
  readonly engine: Engine;
  readonly signIn: SignIn;
  readonly attempts: SignInAttempts;
  /** Whose an API key is; null where it is nobody's. */
  readonly ownerOf: (key: string) => Promise<KnownOwner | null>;
  /** Null where keys may ask as often as they like. */
  readonly rateLimiter: RateLimiter | null;
};

export function createRunning(
  engine: Engine,
  { changed, deliveriesWait, privacyWaits }: Background,
  rateLimit: RateLimit | null,
): Running {
  const attempts = createSignInAttempts(engine.store, engine.clock);
  return {
    engine,
    attempts,
    signIn: createSignIn(engine, attempts),
    ownerOf: createKeyLookup(engine.store, engine.clock),
    rateLimiter: rateLimit === null ? null : createRateLimiter(rateLimit),
    changed,
    deliveriesWait,
    privacyWaits,
  };
}
