import { Temporal } from 'temporal-polyfill';
import { durationToMs } from '../../catalogue/duration.js';
import type { FieldValue } from '../../conditions/facts.js';
import type { Weekday } from '../../policy/contact-policy.js';
import { WEEKDAYS } from '../../policy/contact-policy.js';
import { zonedTime } from '../../policy/local-time.js';

const DATE_ONLY = /^\d{4}-\d{2}-\d{2}$/;
/** Fewer signs of life than this say nothing about anybody's hours. */
const ENOUGH_EVENTS = 5;
const USUAL_HOUR = 10;

/** "-3d" in milliseconds, negative. */
export function offsetToMs(offset: string): number {
  return offset.startsWith('-') ? -durationToMs(offset.slice(1)) : durationToMs(offset);
}

/**
 * The first moment from `from` on at which the clock on the customer's wall shows this time, on one of these days. A
 * time the clock jumps over counts as the moment after the jump, one that comes twice as its first.
 * @param from milliseconds since 1970
 */
export function nextLocalTime(
  from: number,
  {
    at,
    days,
    timeZone,
  }: { readonly at: string; readonly days?: readonly Weekday[] | undefined; readonly timeZone: string },
): number {
  const zoned = zonedTime(from, timeZone);
  const time = Temporal.PlainTime.from(at);
  for (let ahead = 0; ahead <= 8; ahead += 1) {
    const day = zoned.toPlainDate().add({ days: ahead });
    const weekday = WEEKDAYS[day.dayOfWeek - 1];
    if (days !== undefined && (weekday === undefined || !days.includes(weekday))) continue;
    const moment = day.toZonedDateTime({ timeZone: zoned.timeZoneId, plainTime: time }).epochMilliseconds;
    if (moment >= from) return moment;
  }
  throw new RangeError(`Expected one of ${days?.join(', ') ?? 'all days'} within 8 days of ${from}`);
}

/** A date as people and events write it, in milliseconds: ISO 8601, or a day, which begins at the customer's midnight. */
export function dateOf(value: FieldValue | undefined, timeZone: string): number | null {
  if (value instanceof Date) return value.getTime();
  if (typeof value !== 'string') return null;
  if (DATE_ONLY.test(value)) {
    try {
      const zone = zonedTime(0, timeZone).timeZoneId;
      return Temporal.PlainDate.from(value).toZonedDateTime(zone).epochMilliseconds;
    } catch (error) {
      if (error instanceof RangeError) return null;
      throw error;
    }
  }
  const at = Date.parse(value);
  return Number.isNaN(at) ? null : at;
}

/** The next anniversary of a date from `from` on, by the customer's calendar; 29 February is the 28th in other years. */
export function nextAnniversary(date: number, from: number, timeZone: string): number {
  const born = zonedTime(date, timeZone);
  const year = zonedTime(from, timeZone).year;
  for (let ahead = 0; ; ahead += 1) {
    const day = born.toPlainDate().with({ year: year + ahead }, { overflow: 'constrain' });
    const moment = day.toZonedDateTime({
      timeZone: born.timeZoneId,
      plainTime: born.toPlainTime(),
    }).epochMilliseconds;
    if (moment >= from) return moment;
  }
}

/**
 * The hour at which the customer did most of the things we remember, by their own clock, as "19:00"; "10:00" for those
 * of whom we know fewer than five. Of equals the earliest.
 */
export function bestHour(events: readonly { readonly at: Date }[], timeZone: string): string {
  const counts = new Array<number>(24).fill(0);
  for (const { at } of events) {
    const { hour } = zonedTime(at.getTime(), timeZone);
    counts[hour] = (counts[hour] ?? 0) + 1;
  }
  const most = Math.max(...counts);
  const hour = events.length < ENOUGH_EVENTS ? USUAL_HOUR : counts.indexOf(most);
  return `${String(hour).padStart(2, '0')}:00`;
}
