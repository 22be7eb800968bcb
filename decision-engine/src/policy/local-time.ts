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
  const instant = Temporal.Instant.fromEpochMilliseconds(now);
  try {
    return instant.toZonedDateTimeISO(timeZone);
  } catch (error) {
    if (error instanceof RangeError) return instant.toZonedDateTimeISO('UTC');
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
