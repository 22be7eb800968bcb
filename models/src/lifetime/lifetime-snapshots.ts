import { DAY_MS } from '../features/time-units.js';

const STEP_DAYS = 30;

/**
 * Moments to take features at, ascending: `last`, and earlier ones a month apart, as many as wanted, none before half a
 * month of events.
 */
export function snapshotsUntil(last: Date, wanted: number, eventsBegin: Date): Date[] {
  const all = Array.from(
    { length: wanted },
    (_, index) => new Date(last.getTime() - (wanted - 1 - index) * STEP_DAYS * DAY_MS),
  );
  const kept = all.filter((moment) => moment.getTime() > eventsBegin.getTime() + (STEP_DAYS / 2) * DAY_MS);
  return kept.length === 0 ? [last] : kept;
}
