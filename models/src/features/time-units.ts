export const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

/** Number of the UTC day a moment falls in, counted from 1970-01-01. */
export function dayOf(timeMs: number): number {
  return Math.floor(timeMs / DAY_MS);
}

/** Days from `time` to `now`; NaN where it never happened, 0 where a sender's clock runs ahead. */
export function daysSince(time: number | null, now: number): number {
  return time === null ? Number.NaN : Math.max(0, now - time) / DAY_MS;
}

/** Hours from `time` to `now`; NaN where it never happened. */
export function hoursSince(time: number | null, now: number): number {
  return time === null ? Number.NaN : Math.max(0, now - time) / HOUR_MS;
}

export function laterOf(known: number | null, time: number): number {
  return known === null ? time : Math.max(known, time);
}

export function earlierOf(known: number | null, time: number): number {
  return known === null ? time : Math.min(known, time);
}
