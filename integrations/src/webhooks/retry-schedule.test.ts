import { expect, it } from 'vitest';
import { nextWebhookAttempt, WEBHOOK_RETRY_WAITS_MS } from './retry-schedule.js';

it('waits longer each time and gives up after ten attempts, some three days on', () => {
  const waits = Array.from({ length: 10 }, (_, i) => nextWebhookAttempt(i + 1, 0.5));
  expect(waits).toEqual([...WEBHOOK_RETRY_WAITS_MS, undefined]);
  expect(WEBHOOK_RETRY_WAITS_MS.reduce((sum, wait) => sum + wait, 0) / 3_600_000).toBeCloseTo(75.6, 1);
});

it('spreads the waits by a tenth either way', () => {
  expect([0, 0.5, 1].map((random) => nextWebhookAttempt(2, random))).toEqual([270_000, 300_000, 330_000]);
});

it('waits as long as the receiver asks, never shorter than its own schedule', () => {
  expect(nextWebhookAttempt(1, 0.5, 60_000)).toBe(60_000);
  expect(nextWebhookAttempt(2, 0.5, 60_000)).toBe(300_000);
});
