import { durationToMs } from '../../catalogue/duration.js';
import type { Facts } from '../../conditions/facts.js';
import { LONGEST_WAIT_MS } from '../definition/check-graph.js';
import type { CompiledJourney } from '../definition/compile-journey.js';
import type { StepOf } from '../definition/step.js';
import { bestHour, dateOf, nextAnniversary, nextLocalTime, offsetToMs } from './due-time.js';

type WaitWith = {
  readonly journey: CompiledJourney;
  readonly facts: Facts;
  /** Milliseconds since 1970. */
  readonly enteredAt: number;
  readonly timeZone: string;
};

/**
 * When a wait is over, in milliseconds since 1970; a moment that has passed means no wait. At most 400 days from entering.
 * @returns null where it waits for a date that isn't known
 */
export function waitUntil(
  step: StepOf<'wait'>,
  { journey, facts, enteredAt, timeZone }: WaitWith,
): number | null {
  let until = enteredAt;
  if (step.for !== undefined) until += durationToMs(step.for);
  if (step.until !== undefined) {
    const offset = step.until.offset === undefined ? 0 : offsetToMs(step.until.offset);
    const date = dateOf(journey.field(step.until.date)(facts), timeZone);
    if (date === null) return null;
    const day = step.until.yearly ? nextAnniversary(date, enteredAt - offset, timeZone) : date;
    until = day + offset;
  }
  if (step.at !== undefined) {
    const at =
      step.at === 'best'
        ? bestHour(facts.profilingHidden ? [] : facts.profile.recentEvents, timeZone)
        : step.at;
    until = nextLocalTime(Math.max(until, enteredAt), { at, days: step.days, timeZone });
  }
  return Math.min(until, enteredAt + LONGEST_WAIT_MS);
}
