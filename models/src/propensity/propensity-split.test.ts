import { describe, expect, it } from 'vitest';
import { DAY_MS } from '../features/time-units.js';
import { categoricalColumn, createTable } from '../tables/table.js';
import type { PropensityRows } from './propensity-rows.js';
import { settledOffers } from './propensity-split.js';

const NOW = Date.UTC(2026, 5, 1);

/** Offers so many days before the last event. */
function offers(made: readonly (readonly [channel: string, daysAgo: number])[]): PropensityRows {
  return {
    table: createTable([
      categoricalColumn(
        'channel',
        made.map(([channel]) => channel),
      ),
    ]),
    labels: new Uint8Array(made.length),
    daysToYes: new Float64Array(made.length).fill(Number.NaN),
    times: Float64Array.from(made, ([, daysAgo]) => NOW - daysAgo * DAY_MS),
    customers: new Uint32Array(made.length),
    sampled: 1,
    window: { from: new Date(NOW - 30 * DAY_MS), to: new Date(NOW) },
  };
}

describe('settledOffers', () => {
  it('takes an offer in once silence on its channel is as good as a no, in order of time', () => {
    const rows = offers([
      ['web', 0.2],
      ['email', 1],
      ['email', 3],
      ['web', 0.01],
    ]);
    const answered = { answerDays: { web: 0.1, email: 2, '': 1.5 }, windowDays: 7 };
    expect([...settledOffers(rows, answered)]).toEqual([2, 0]);
  });

  it('waits for all channels where one is not known, and for the window where none is', () => {
    const rows = offers([
      ['sms', 2],
      ['sms', 1],
      ['sms', 9],
    ]);
    expect([...settledOffers(rows, { answerDays: { '': 1.5 }, windowDays: 7 })]).toEqual([2, 0]);
    expect([...settledOffers(rows, { answerDays: {}, windowDays: 7 })]).toEqual([2]);
  });
});
