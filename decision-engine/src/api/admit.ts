import type { FastifyReply } from 'fastify';
import type { ApiKeyScope } from '../access/api-key-document.js';
import { ApiError } from './api-error.js';
import { type Credentials, identifyCaller, type KnownCaller, requireScope } from './caller.js';
import type { Allowance, RateLimit } from './rate-limit.js';
import type { Running } from './running.js';

/** The fields of the IETF's draft on rate limits, so that clients can slow down before they are refused. */
function sayAllowance(reply: FastifyReply, { requests, seconds }: RateLimit, now: Allowance): void {
  void reply.header('ratelimit-policy', `"key";q=${requests};w=${seconds}`);
  void reply.header('ratelimit', `"key";r=${now.remaining};t=${now.resetSeconds}`);
}

/**
 * Counts a request against its key. Agents are not counted: their sessions can't be used by programs unnoticed.
 * @throws ApiError `too_many_requests`
 */
export async function countRequest(
  running: Running,
  caller: KnownCaller,
  { weight, reply }: { readonly weight: number; readonly reply: FastifyReply },
): Promise<void> {
  const { rateLimiter } = running;
  if (rateLimiter === null || caller.kind !== 'app' || weight <= 0) return;
  const allowance = await rateLimiter.take(caller.keyId, weight);
  sayAllowance(reply, rateLimiter.limit, allowance);
  if (allowance.allowed) return;
  const { requests, seconds } = rateLimiter.limit;
  throw new ApiError(
    'too_many_requests',
    `This API key may make ${requests} requests in ${seconds} seconds: try again in ${allowance.resetSeconds}`,
    { retryAfterSeconds: allowance.resetSeconds },
  );
}

/**
 * Finds out who calls and whether they may.
 * @throws ApiError `not_authenticated`, `not_allowed`, `too_many_requests`
 */
export async function admit(
  running: Running,
  credentials: Credentials,
  { scope, reply }: { readonly scope: ApiKeyScope; readonly reply: FastifyReply },
): Promise<KnownCaller> {
  const caller = requireScope(await identifyCaller(running, credentials), scope);
  await countRequest(running, caller, { weight: 1, reply });
  return caller;
}
