import { Temporal } from 'temporal-polyfill';
import { WEEKDAYS, type Weekday } from './contact-policy.js';

/** What the customer's clock and calendar say. */
export type LocalTime = {
  readonly hour: number;
  /** Minutes since local midnight by the clock, 0 to 1439. */
  readonly minuteOfDay: number;
  readonly weekday: Weekday;
  /** The zone that was used: "UTC" where the profile's is not one. */
  readonly timeZone: string;
};

/** Weekday of `dayOfWeek` 1 (Monday) to 7 (Sunday). */
function weekdayOf(dayOfWeek: number): Weekday {
  const weekday = WEEKDAYS[dayOfWeek - 1];
  if (weekday === undefined) throw new RangeError(`Expected a day of the week from 1 to 7, got ${dayOfWeek}`);
  return weekday;
}

/** @param now milliseconds since 1970 */
export function zonedTime(now: number, timeZone: string): Temporal.ZonedDateTime {
  return (
    knownZonedTime(now, timeZone) ?? Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO('UTC')
  );
}

/** Minutes a zone's clocks are ahead of UTC; null for a zone nobody knows. @param now milliseconds since 1970 */
export function utcOffsetMinutes(now: number, timeZone: string): number | null {
  const time = knownZonedTime(now, timeZone);
  return time === null ? null : Math.round(time.offsetNanoseconds / 60_000_000_000);
}

function knownZonedTime(now: number, timeZone: string): Temporal.ZonedDateTime | null {
  try {
    return Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

const MINUTE_MS = 60_000;
const ZONES_KEPT = 500;
/** What was worked out last: decisions follow each other closely, and most customers live in a few zones. */
const worked = { minute: Number.NaN, byZone: new Map<string, LocalTime>() };

export function localTime(now: number, timeZone: string): LocalTime {
  const minute = Math.floor(now / MINUTE_MS);
  if (worked.minute !== minute || worked.byZone.size > ZONES_KEPT) {
    worked.minute = minute;
    worked.byZone.clear();
  }
  const known = worked.byZone.get(timeZone) ?? workOut(now, timeZone);
  worked.byZone.set(timeZone, known);
  return known;
}

function workOut(now: number, timeZone: string): LocalTime {
  const zoned = zonedTime(now, timeZone);
  return {
    hour: zoned.hour,
    minuteOfDay: zoned.hour * 60 + zoned.minute,
    weekday: weekdayOf(zoned.dayOfWeek),
    timeZone: zoned.timeZoneId,
  };
}
