import { describe, expect, it } from 'vitest';
import { checkLabelsKnown, latestChurnDates, planChurn } from './churn-plan.js';

const asOf = new Date('2011-06-01');

describe('planChurn', () => {
  it('adds earlier snapshots and names the main and the test one', () => {
    const plan = planChurn({ asOf, testAsOf: new Date('2011-09-01'), horizonDays: 90 });
    expect(plan.snapshots.map((date) => date.toISOString().slice(0, 10))).toEqual([
      '2011-04-02',
      '2011-05-02',
      '2011-06-01',
      '2011-09-01',
    ]);
    expect(plan).toMatchObject({ main: 2, test: 3 });
  });

  it('refuses a test that begins before the last training label is over', () => {
    expect(() => planChurn({ asOf, testAsOf: new Date('2011-08-29'), horizonDays: 90 })).toThrow(
      'Expected "testAsOf" to be 2011-08-30 or later',
    );
    expect(planChurn({ asOf, testAsOf: new Date('2011-08-30'), horizonDays: 90 }).test).toBe(3);
  });

  it('refuses a horizon of less than a day', () => {
    expect(() => planChurn({ asOf, horizonDays: 0 })).toThrow(
      'Expected "horizon" to be at least 1 day, got 0',
    );
  });
});

describe('checkLabelsKnown', () => {
  it('refuses dates whose labels lie beyond the last event, and says by how much', () => {
    const plan = planChurn({ asOf, horizonDays: 90 });
    expect(() => checkLabelsKnown(plan, { horizonDays: 90, eventsEnd: new Date('2011-08-20') })).toThrow(
      'Take dates 10 days earlier',
    );
    expect(() =>
      checkLabelsKnown(plan, { horizonDays: 90, eventsEnd: new Date('2011-08-29T18:00Z') }),
    ).not.toThrow();
  });
});

describe('latestChurnDates', () => {
  it('leaves a full horizon after each date', () => {
    const dates = latestChurnDates(new Date('2026-06-30'), 30);
    expect(dates).toEqual({ asOf: new Date('2026-05-01'), testAsOf: new Date('2026-05-31') });
    expect(planChurn({ ...dates, horizonDays: 30 }).test).toBe(3);
  });
});
