import type { Temporal } from 'temporal-polyfill';
import { type AllowedDays, type QuietHours, WEEKDAYS, type Weekday } from './contact-policy.js';
import { type LocalTime, zonedTime } from './local-time.js';

function minutesOf(clockTime: string): number {
  const [hours, minutes] = clockTime.split(':');
  return Number(hours) * 60 + Number(minutes);
}

function dayBefore(weekday: Weekday): Weekday {
  const index = WEEKDAYS.indexOf(weekday);
  return WEEKDAYS[(index + 6) % 7] ?? weekday;
}

/** By the clock on the wall, so an hour that comes twice is quiet twice, and one that is skipped never. */
export function isQuiet(rule: QuietHours, local: LocalTime): boolean {
  const from = minutesOf(rule.from);
  const to = minutesOf(rule.to);
  const startsOn = (day: Weekday): boolean => rule.days === undefined || rule.days.includes(day);
  if (from < to) return local.minuteOfDay >= from && local.minuteOfDay < to && startsOn(local.weekday);
  return (
    (local.minuteOfDay >= from && startsOn(local.weekday)) ||
    (local.minuteOfDay < to && startsOn(dayBefore(local.weekday)))
  );
}

/**
 * The moment this stretch of quiet hours ends. In an hour that comes twice it is the second; where the clock jumps over
 * the end, the moment of the jump.
 *
 * @param now milliseconds since 1970, in quiet hours
 */
export function quietUntil(rule: QuietHours, now: number, timeZone: string): Date {
  const zoned = zonedTime(now, timeZone);
  const to = minutesOf(rule.to);
  const minuteOfDay = zoned.hour * 60 + zoned.minute;
  const endsTomorrow = minuteOfDay >= to;
  const day = zoned.toPlainDate().add({ days: endsTomorrow ? 1 : 0 });
  return new Date(wallClock(day, to, zoned.timeZoneId));
}

function wallClock(day: Temporal.PlainDate, minuteOfDay: number, timeZone: string): number {
  const hour = Math.floor(minuteOfDay / 60);
  const minute = minuteOfDay % 60;
  const wall = day.toPlainDateTime({ hour, minute });
  const zoned = wall.toZonedDateTime(timeZone, { disambiguation: 'later' });
  if (zoned.hour === hour && zoned.minute === minute) return zoned.epochMilliseconds;
  // The clock jumps over it: "earlier" lands before the jump, the next change of the clock is the jump.
  const jump = wall.toZonedDateTime(timeZone, { disambiguation: 'earlier' }).getTimeZoneTransition('next');
  return jump?.epochMilliseconds ?? zoned.epochMilliseconds;
}

export function isAllowedDay(rule: AllowedDays, local: LocalTime): boolean {
  return rule.days.includes(local.weekday);
}

/** Local midnight at which the next allowed day starts. */
export function nextAllowedDay(rule: AllowedDays, now: number, timeZone: string): Date {
  const zoned = zonedTime(now, timeZone);
  for (let days = 1; days <= 7; days += 1) {
    const day = zoned.toPlainDate().add({ days });
    if (rule.days.some((name) => WEEKDAYS.indexOf(name) + 1 === day.dayOfWeek)) {
      return new Date(day.toZonedDateTime(zoned.timeZoneId).epochMilliseconds);
    }
  }
  throw new RangeError(`Expected "${rule.name}" to allow at least one day of the week`);
}
