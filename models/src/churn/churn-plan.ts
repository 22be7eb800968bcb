import { DAY_MS } from '../features/time-units.js';

export type ChurnDates = {
  /** Features are taken as of here; the label is what follows. */
  readonly asOf: Date;
  /** The model is tested as of here; absent: on customers kept out of training. */
  readonly testAsOf?: Date | undefined;
  readonly horizonDays: number;
};

export type ChurnPlan = {
  /** Ascending: earlier snapshots that widen the training data, `asOf`, and `testAsOf` where there is one. */
  readonly snapshots: readonly Date[];
  /** Index of `asOf` in `snapshots`. */
  readonly main: number;
  /** Index of `testAsOf`, or null. */
  readonly test: number | null;
};

/** Further snapshots before `asOf`, and the days between them. */
const EARLIER_SNAPSHOTS = 2;
const SNAPSHOT_STEP_DAYS = 30;

/**
 * Which moments to take features at. Each label lies in the horizon after its snapshot, so the training labels end
 * at `asOf` + horizon; that must not lie after `testAsOf`, or the test would be known in training.
 *
 * @throws Error that says which date to change
 */
export function planChurn({ asOf, testAsOf, horizonDays }: ChurnDates): ChurnPlan {
  if (!Number.isFinite(horizonDays) || horizonDays < 1) {
    throw new Error(`Expected "horizon" to be at least 1 day, got ${horizonDays}`);
  }
  const earlier = Array.from(
    { length: EARLIER_SNAPSHOTS },
    (_, index) => new Date(asOf.getTime() - (EARLIER_SNAPSHOTS - index) * SNAPSHOT_STEP_DAYS * DAY_MS),
  );
  const snapshots = [...earlier, asOf];
  if (testAsOf === undefined) {
    return { snapshots, main: EARLIER_SNAPSHOTS, test: null };
  }
  const labelsEnd = new Date(asOf.getTime() + horizonDays * DAY_MS);
  if (testAsOf < labelsEnd) {
    throw new Error(
      `Expected "testAsOf" to be ${day(labelsEnd)} or later: the training labels look ${horizonDays} days ahead of ${day(asOf)} and must be over when the test begins; got ${day(testAsOf)}`,
    );
  }
  return { snapshots: [...snapshots, testAsOf], main: EARLIER_SNAPSHOTS, test: snapshots.length };
}

/**
 * The latest dates that events up to `until` allow: tested on the last full horizon, trained on the one before.
 */
export function latestChurnDates(until: Date, horizonDays: number): { asOf: Date; testAsOf: Date } {
  const horizon = horizonDays * DAY_MS;
  return { asOf: new Date(until.getTime() - 2 * horizon), testAsOf: new Date(until.getTime() - horizon) };
}

/** @throws Error where the events end before the last label is known */
export function checkLabelsKnown(
  plan: ChurnPlan,
  { horizonDays, eventsEnd }: { readonly horizonDays: number; readonly eventsEnd: Date },
): void {
  const last = plan.snapshots.at(-1) ?? eventsEnd;
  const needed = new Date(last.getTime() + horizonDays * DAY_MS);
  // A quiet last day is no missing data.
  if (eventsEnd.getTime() + DAY_MS < needed.getTime()) {
    throw new Error(
      `The events end on ${day(eventsEnd)}, but who ordered in the ${horizonDays} days after ${day(last)} is known only on ${day(needed)}. Take dates ${Math.ceil((needed.getTime() - eventsEnd.getTime()) / DAY_MS)} days earlier, or a shorter horizon.`,
    );
  }
}

function day(date: Date): string {
  return date.toISOString().slice(0, 10);
}
