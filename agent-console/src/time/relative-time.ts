import { clockWords, dayWords, weekdayWords } from './wall-time';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** By time zone. Making a format takes a hundred times as long as using it, and a list shows many clocks. */
const clocks = new Map<string, Intl.DateTimeFormat>();

/**
 * How long ago, in as few characters as can be read at a glance: `now`, `4 min`, `3 h`, `2 d`, then the date.
 * A time ahead reads `in 4 min`. Both arguments are milliseconds since the epoch.
 */
export function relativeTime(at: number, now: number): string {
  const distance = Math.abs(now - at);
  if (distance < 45_000) return 'now';
  if (distance >= 7 * DAY) return shortDate(at, now);
  const span = spanOf(distance);
  return at > now ? `in ${span}` : span;
}

/** The moment in full, on the reader's clock: `Sun, 22 Nov 2026, 14:05`. */
export function absoluteTime(at: number): string {
  const date = new Date(at);
  return `${weekdayWords(date)}, ${dayWords(date)} ${date.getFullYear()}, ${clockWords(date)}`;
}

/** The clock on a customer's wall: `14:05`; null for a zone this browser does not know. */
export function clockIn(timeZone: string, now: number): string | null {
  try {
    return clockOf(timeZone).format(now);
  } catch {
    return null;
  }
}

/** The heading a moment stands under: `Today`, `Yesterday`, or the date. */
export function dayHeading(at: number, now: number): string {
  const days = Math.round((startOfDay(now) - startOfDay(at)) / DAY);
  if (days === 0) return 'Today';
  if (days === 1) return 'Yesterday';
  return shortDate(at, now);
}

function spanOf(distance: number): string {
  if (distance < HOUR) return `${Math.max(1, Math.round(distance / MINUTE))} min`;
  if (distance < DAY) return `${Math.round(distance / HOUR)} h`;
  return `${Math.round(distance / DAY)} d`;
}

function shortDate(at: number, now: number): string {
  const date = new Date(at);
  const day = dayWords(date);
  return date.getFullYear() === new Date(now).getFullYear() ? day : `${day} ${date.getFullYear()}`;
}

function clockOf(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone });
  clocks.set(timeZone, made);
  return made;
}

function startOfDay(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}
