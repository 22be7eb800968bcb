import { durationToMs } from '../../catalogue/duration.js';
import type { Journey } from '../definition/journey.js';
import type { RunContext } from '../run/run-facts.js';

const DAY_MS = 86_400_000;

/** Earlier runs of this customer in this journey. */
export type EarlierRuns = {
  readonly last: { readonly runId: string; readonly startedAt: Date } | null;
  readonly active: number;
  /** One was started by the same event. */
  readonly sameMessage: boolean;
  /** One has the same entry key. */
  readonly sameKey: boolean;
};

/** Runs of everybody in this journey. */
export type JourneyLoad = { readonly active: number; readonly enteredToday: number };

export type Admission =
  | { readonly enter: true; readonly entryKey: string }
  /** `repeat`: it is in already by this very event or key, which is nothing to report. */
  | { readonly enter: false; readonly reason: string; readonly repeat: boolean };

/** What makes an entry one thing: the key's facts, joined; null = one of them is not there, '' = there is no key. */
export function entryKeyOf({ entry }: Journey, context: RunContext): string | null {
  if (entry.type !== 'event' || entry.key === undefined) return '';
  const parts = entry.key.map((path) => context[path.slice('context.'.length)]);
  return parts.some((part) => part === undefined) ? null : `key ${parts.map(String).join(' ')}`;
}

/**
 * Whether somebody who fits may enter: re-entry, key, caps, lateness. Without a key the entry key names the run before,
 * so that of two events at once only one gets it.
 */
export function admit(
  journey: Journey,
  asked: {
    readonly now: Date;
    /** When what starts it happened. */
    readonly happenedAt: Date;
    readonly key: string | null;
    readonly earlier: EarlierRuns;
    readonly load: JourneyLoad;
  },
): Admission {
  const { now, happenedAt, key, earlier, load } = asked;
  const no = (reason: string): Admission => ({ enter: false, reason, repeat: false });
  const repeat = (reason: string): Admission => ({ enter: false, reason, repeat: true });
  const { reentry, caps, tooLate } = journey;
  if (key === null) return no('the event has no entry key');
  if (earlier.sameMessage) return repeat('entered by this event');
  if (key !== '' && earlier.sameKey) return repeat('entered with this key');
  if (now.getTime() - happenedAt.getTime() > durationToMs(tooLate.after)) return no('too late');
  if (earlier.active >= caps.perCustomer) return no('at once');
  if (key === '' && earlier.last !== null) {
    if (reentry.allow === 'never') return no('only once');
    if (
      reentry.allow === 'after' &&
      now.getTime() - earlier.last.startedAt.getTime() < durationToMs(reentry.after)
    )
      return no('too soon again');
  }
  if (caps.active !== undefined && load.active >= caps.active) return no('the journey is full');
  if (caps.entriesPerDay !== undefined && load.enteredToday >= caps.entriesPerDay)
    return no('enough entered today');
  return { enter: true, entryKey: key === '' ? `after ${earlier.last?.runId ?? ''}` : key };
}

export function dayBefore(now: Date): Date {
  return new Date(now.getTime() - DAY_MS);
}
