import { DAY_MS } from '../features/time-units.js';
import type { PropensityRows } from './propensity-rows.js';

export type PropensitySplit = {
  /** Row indices; the answers of these offers were known when the test began. */
  readonly train: Int32Array;
  /** Row indices, in order of time. */
  readonly test: Int32Array;
  readonly testFrom: Date;
  /** Offers left out because their answers were not yet known at the end, or came in during the test. */
  readonly leftOut: number;
};

/** Share of the offers, the latest, that is tested on where no date is given. */
const TEST_SHARE = 0.2;
const MIN_ROWS = 50;

/**
 * Splits offers by time.
 *
 * @param settleDays offers made less than this before the last event are left out: silence is no answer yet
 * @param gapDays offers made less than this before `testFrom` don't train, because their answers come in later
 * @throws Error where one side has too few offers
 */
export function splitOffers(
  rows: PropensityRows,
  options: { readonly settleDays: number; readonly testFrom?: Date | undefined; readonly gapDays: number },
): PropensitySplit {
  const until = (rows.window?.to.getTime() ?? 0) - options.settleDays * DAY_MS;
  const known = Array.from({ length: rows.times.length }, (_, row) => row)
    .filter((row) => (rows.times[row] ?? 0) <= until)
    .sort((a, b) => (rows.times[a] ?? 0) - (rows.times[b] ?? 0) || a - b);
  const first = known[Math.floor(known.length * (1 - TEST_SHARE))];
  const testFrom = options.testFrom?.getTime() ?? rows.times[first ?? 0] ?? 0;
  const trainUntil = testFrom - options.gapDays * DAY_MS;
  const train = Int32Array.from(known.filter((row) => (rows.times[row] ?? 0) < trainUntil));
  const test = Int32Array.from(known.filter((row) => (rows.times[row] ?? 0) >= testFrom));
  if (train.length < MIN_ROWS || test.length < MIN_ROWS) {
    throw new Error(
      `Expected at least ${MIN_ROWS} offers with known answers to train on and ${MIN_ROWS} to test on, got ${train.length} and ${test.length}. Record more outcomes, or choose another test date.`,
    );
  }
  return {
    train,
    test,
    testFrom: new Date(testFrom),
    leftOut: rows.times.length - train.length - test.length,
  };
}

/**
 * The offers whose answers are in, in order of time: silence on the offer's channel was as good as a no when the last
 * event came.
 *
 * @param answered.answerDays per channel, of all under the empty name; where neither is known, the window
 */
export function settledOffers(
  rows: PropensityRows,
  answered: { readonly answerDays: Readonly<Record<string, number>>; readonly windowDays: number },
): Int32Array {
  const now = rows.window?.to.getTime() ?? 0;
  const channels = rows.table.columns.find(({ name }) => name === 'channel');
  const channelOf = (row: number) =>
    channels?.kind === 'categorical' ? (channels.levels[channels.codes[row] ?? -1] ?? '') : '';
  const { answerDays: days, windowDays } = answered;
  const daysFor = (row: number) => Math.min(windowDays, days[channelOf(row)] ?? days[''] ?? windowDays);
  return Int32Array.from(
    Array.from({ length: rows.times.length }, (_, row) => row)
      .filter((row) => (rows.times[row] ?? 0) <= now - daysFor(row) * DAY_MS)
      .sort((a, b) => (rows.times[a] ?? 0) - (rows.times[b] ?? 0) || a - b),
  );
}
