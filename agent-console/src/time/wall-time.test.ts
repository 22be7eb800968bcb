import { describe, expect, it } from 'vitest';
import { clockWords, dayWords, utcClockWords, utcDayWords, weekdayWords } from './wall-time';

const inBritain = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat('en-GB', options);

describe('words of a wall clock and calendar', () => {
  it('are those of Intl, hour by hour for more than a year', () => {
    const day = inBritain({ day: 'numeric', month: 'short' });
    const utcDay = inBritain({ day: 'numeric', month: 'short', timeZone: 'UTC' });
    const weekday = inBritain({ weekday: 'short' });
    const clock = inBritain({ hour: '2-digit', minute: '2-digit' });
    const utcClock = inBritain({ hour: '2-digit', minute: '2-digit', timeZone: 'UTC' });
    for (let hour = 0; hour < 24 * 370; hour += 1) {
      const date = new Date(Date.UTC(2026, 0, 1, hour, hour % 60));
      expect([
        dayWords(date),
        utcDayWords(date),
        weekdayWords(date),
        clockWords(date),
        utcClockWords(date),
      ]).toEqual([
        day.format(date),
        utcDay.format(date),
        weekday.format(date),
        clock.format(date),
        utcClock.format(date),
      ]);
    }
  });
});
