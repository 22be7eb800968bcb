import { Temporal } from 'temporal-polyfill';
import { zonedTime } from '../policy/local-time.js';
import type { Window } from './read-window.js';

/** The first moment of a day such as `2026-11-22` in a time zone: where midnight is skipped, the moment after. */
export function startOfDay(date: string, timeZone: string): Date {
  const { epochMilliseconds } = Temporal.PlainDate.from(date).toZonedDateTime(timeZone);
  return new Date(epochMilliseconds);
}

const DAY_MS = 86_400_000;
/** Windows that are shown by the day; longer ones by the week. */
const LONGEST_BY_DAY_MS = 35.5 * DAY_MS;

export type Step = {
  readonly at: Date;
  /** The day it begins on in the time zone, such as `2026-11-22`. */
  readonly day: string;
};

/** When each step of a window begins: days of the time zone up to five weeks, weeks beyond. A day may have 23 or 25 hours. */
export function stepsOf({ from, to }: Window, timeZone: string): Step[] {
  const start = zonedTime(from.getTime(), timeZone);
  const days = to.getTime() - from.getTime() <= LONGEST_BY_DAY_MS ? 1 : 7;
  const steps: Step[] = [];
  for (let step = 0; ; step += 1) {
    const begins = start.add({ days: step * days });
    if (begins.epochMilliseconds >= to.getTime()) return steps;
    steps.push({ at: new Date(begins.epochMilliseconds), day: begins.toPlainDate().toString() });
  }
}
