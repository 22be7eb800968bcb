import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quietHoursSchema } from './contact-policy.js';
import { localTime } from './local-time.js';
import { isQuiet, quietUntil } from './quiet-hours.js';

const MINUTE = 60_000;
const ZONES = [
  'Europe/London',
  'Europe/Berlin',
  'America/New_York',
  'America/St_Johns',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Pacific/Apia',
];
/** Minutes of 2026 near a change of the clocks somewhere, and any others. */
const minute = fc.oneof(
  ...[
    '2026-03-08T07:00Z',
    '2026-03-29T01:00Z',
    '2026-04-04T15:00Z',
    '2026-10-03T15:30Z',
    '2026-10-25T01:00Z',
    '2026-11-01T06:00Z',
  ].map((change) =>
    fc.integer({ min: -600, max: 600 }).map((offset) => Date.parse(change) + offset * MINUTE),
  ),
  fc.integer({ min: 0, max: 525_600 }).map((offset) => Date.UTC(2026, 0, 1) + offset * MINUTE),
);
const clock = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));

describe('quietUntil', () => {
  it('is the first minute that is not quiet, whatever the clocks do', async () => {
    let tried = 0;
    await fc.assert(
      fc.property(minute, clock, clock, fc.constantFrom(...ZONES), (...parts) => {
        const [now, from, to, timeZone] = parts;
        fc.pre(from !== to);
        const rule = quietHoursSchema.parse({ name: 'night', from, to });
        fc.pre(isQuiet(rule, localTime(now, timeZone)));
        tried += 1;
        const until = quietUntil(rule, now, timeZone).getTime();
        expect(until).toBeGreaterThan(now);
        expect(until - now).toBeLessThanOrEqual(26 * 60 * MINUTE);
        expect(isQuiet(rule, localTime(until, timeZone))).toBe(false);
        expect(isQuiet(rule, localTime(until - MINUTE, timeZone)), 'the minute before').toBe(true);
      }),
      { numRuns: 1_200, seed: 1 },
    );
    expect(tried).toBeGreaterThan(400);
  });
});
