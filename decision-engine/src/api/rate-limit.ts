import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

/** Requests a key may make in one window. */
export type RateLimit = { readonly requests: number; readonly seconds: number };

/** Where a key stands after a request. */
export type Allowance = {
  readonly allowed: boolean;
  readonly remaining: number;
  readonly resetSeconds: number;
};

export type RateLimiter = {
  readonly limit: RateLimit;
  /** Counts a request of this weight. */
  take(keyId: string, weight: number): Promise<Allowance>;
};

/**
 * Counts what each key asks for in windows that start with its first request. The counts live in this process: two
 * engines allow twice as much, and a restart forgives.
 */
export function createRateLimiter(limit: RateLimit): RateLimiter {
  const counts = new RateLimiterMemory({ points: limit.requests, duration: limit.seconds });
  const allowance = (result: RateLimiterRes, allowed: boolean): Allowance => ({
    allowed,
    remaining: Math.max(0, result.remainingPoints),
    resetSeconds: Math.ceil(result.msBeforeNext / 1000),
  });
  return {
    limit,
    take: async (keyId, weight) => {
      try {
        return allowance(await counts.consume(keyId, weight), true);
      } catch (refused) {
        if (refused instanceof RateLimiterRes) return allowance(refused, false);
        throw refused;
      }
    },
  };
}
