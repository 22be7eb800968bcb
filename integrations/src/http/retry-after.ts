const MAX_RETRY_AFTER_MS = 24 * 60 * 60 * 1000;

/**
 * How long a `Retry-After` header asks to be left alone: seconds or a date (RFC 9110 section 10.2.3), at most a day.
 * @returns milliseconds; 0 where there is none, or none that can be read
 */
export function retryAfterMs(header: string | null | undefined, now: Date): number {
  if (header === null || header === undefined) return 0;
  const wait = /^\d+$/.test(header) ? Number(header) * 1000 : new Date(header).getTime() - now.getTime();
  return Number.isFinite(wait) ? Math.min(Math.max(wait, 0), MAX_RETRY_AFTER_MS) : 0;
}
