export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

const formats = new Map<string, Intl.DateTimeFormat>();
const offsets = new Map<string, Map<number, number>>();

/** Milliseconds the zone is ahead of UTC on the UTC day of `at` (read at its noon and kept, as Intl is slow). */
export function zoneOffset(timeZone: string, at: number): number {
  const day = Math.floor(at / DAY);
  let byDay = offsets.get(timeZone);
  if (byDay === undefined) {
    byDay = new Map();
    offsets.set(timeZone, byDay);
  }
  let offset = byDay.get(day);
  if (offset === undefined) {
    offset = readOffset(timeZone, day * DAY + 12 * HOUR);
    byDay.set(day, offset);
  }
  return offset;
}

function readOffset(timeZone: string, at: number): number {
  let format = formats.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    });
    formats.set(timeZone, format);
  }
  const parts: Record<string, number> = {};
  for (const part of format.formatToParts(at)) parts[part.type] = Number(part.value);
  const local = Date.UTC(
    parts['year'] ?? 1970,
    (parts['month'] ?? 1) - 1,
    parts['day'] ?? 1,
    parts['hour'] ?? 0,
    parts['minute'] ?? 0,
  );
  return local - Math.floor(at / MINUTE) * MINUTE;
}

/** Hour of the day there, 0 to 24, with its fraction. */
export function localHour(timeZone: string, at: number): number {
  const local = at + zoneOffset(timeZone, at);
  return (local - Math.floor(local / DAY) * DAY) / HOUR;
}
