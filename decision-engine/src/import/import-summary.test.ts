import { describe, expect, it } from 'vitest';
import { describeOutcome } from './import-summary.js';

const context = {
  file: 'orders.csv.gz',
  rejectedPath: '/data/imports/orders.csv.gz.rejected.csv',
  seconds: 61.26,
  peakMemoryBytes: 200 * 1024 * 1024,
};
const counts = {
  rows: 531_282,
  orders: 18_536,
  customers: 4_339,
  guestOrders: 2_189,
  rejected: 3,
  accepted: 22_883,
  duplicates: 0,
};

describe('describeOutcome', () => {
  it('sums up an import', () => {
    expect(describeOutcome({ status: 'imported', counts, resumedAtEvent: 0 }, context)).toBe(
      [
        'Imported orders.csv.gz',
        '  rows read      531,282',
        '  orders         18,536, and 2,189 of guests left out',
        '  customers      4,339',
        '  events stored  22,883',
        '  stored before  0',
        '  rows rejected  3, see /data/imports/orders.csv.gz.rejected.csv',
        '  time           61.3 s',
        '  peak memory    200 MB in this process',
        '',
      ].join('\n'),
    );
  });

  it('says that it went on, and that nothing was rejected', () => {
    const text = describeOutcome(
      { status: 'imported', counts: { ...counts, rejected: 0 }, resumedAtEvent: 12_000 },
      context,
    );
    expect(text).toContain('Imported orders.csv.gz (gone on with, from event 12,000)\n');
    expect(text).toContain('  rows rejected  none\n');
  });

  it('asks about the format where not one row could be taken', () => {
    const nothing = { ...counts, rows: 4, rejected: 4, orders: 0, customers: 0, guestOrders: 0, accepted: 0 };
    const text = describeOutcome({ status: 'imported', counts: nothing, resumedAtEvent: 0 }, context);
    expect(text).toMatch(/^Not one row of orders\.csv\.gz could be taken\. Is --format the right one\?\n/);
  });

  it('says that nothing was changed', () => {
    const finishedAt = new Date('2025-06-01T12:00:00Z');
    expect(describeOutcome({ status: 'already-imported', counts, finishedAt }, context)).toBe(
      'orders.csv.gz was imported already, on 2025-06-01T12:00:00.000Z (18,536 orders of 4,339 customers). Nothing was changed.\n',
    );
  });

  it('says how to go on after a stop', () => {
    expect(describeOutcome({ status: 'interrupted', eventsDone: 1_500 }, context)).toBe(
      'Stopped. 1,500 events are stored; the same command goes on from there.\n',
    );
  });
});
