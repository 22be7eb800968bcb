import { describe, expect, test } from 'vitest';
import { startOfDay, stepsOf } from './days.js';

describe('startOfDay', () => {
  test('is midnight by the clock of the zone', () => {
    expect(startOfDay('2026-11-22', 'UTC').toISOString()).toBe('2026-11-22T00:00:00.000Z');
    expect(startOfDay('2026-07-01', 'Europe/Berlin').toISOString()).toBe('2026-06-30T22:00:00.000Z');
    expect(startOfDay('2026-11-22', 'America/New_York').toISOString()).toBe('2026-11-22T05:00:00.000Z');
  });

  test('is the moment after where midnight is skipped', () => {
    // Beirut goes from 00:00 to 01:00 on the last Sunday of March.
    expect(startOfDay('2026-03-29', 'Asia/Beirut').toISOString()).toBe('2026-03-28T22:00:00.000Z');
  });
});

describe('stepsOf', () => {
  test('follows the clock over a change of it', () => {
    const from = startOfDay('2026-03-28', 'Europe/Berlin');
    const to = startOfDay('2026-03-31', 'Europe/Berlin');
    expect(stepsOf({ from, to }, 'Europe/Berlin').map(({ at, day }) => [at.toISOString(), day])).toEqual([
      ['2026-03-27T23:00:00.000Z', '2026-03-28'],
      ['2026-03-28T23:00:00.000Z', '2026-03-29'],
      ['2026-03-29T22:00:00.000Z', '2026-03-30'],
    ]);
  });

  test('goes by weeks beyond five of them', () => {
    const window = { from: new Date('2026-01-01T00:00:00Z'), to: new Date('2026-03-01T00:00:00Z') };
    const steps = stepsOf(window, 'UTC');
    expect(steps).toHaveLength(9);
    expect(steps[1]?.at.toISOString()).toBe('2026-01-08T00:00:00.000Z');
  });
});
