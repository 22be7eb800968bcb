const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Waits before each attempt after the first, as Standard Webhooks recommends: about three days in all. */
export const WEBHOOK_RETRY_WAITS_MS: readonly number[] = [
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
];

const JITTER = 0.1;

/**
 * When to try again, in milliseconds from now; `undefined` once there is no further attempt.
 * @param attempts how many were made, from 1
 * @param random in [0, 1): waits are spread by up to 10 % either way, so that a receiver that comes back is not overrun
 * @param retryAfterMs what the receiver asked for; it can lengthen a wait, never shorten it
 */
export function nextWebhookAttempt(attempts: number, random: number, retryAfterMs = 0): number | undefined {
  const wait = WEBHOOK_RETRY_WAITS_MS[attempts - 1];
  if (wait === undefined) return undefined;
  return Math.max(retryAfterMs, Math.round(wait * (1 + JITTER * (2 * random - 1))));
}
