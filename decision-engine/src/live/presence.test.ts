import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { PresenceChange } from './live-events.js';
import { createPresence } from './presence.js';

const MO = { agentId: 'agt_mo', name: 'Mo' };
const LEE = { agentId: 'agt_lee', name: 'Lee' };

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function counted() {
  const told: PresenceChange[] = [];
  return { told, presence: createPresence({ tell: (change) => told.push(change), everyMs: 500 }) };
}

test('what changed in a while is told once, as it is at the end', () => {
  const { told, presence } = counted();
  presence.enter('a', 'w1', MO);
  presence.enter('a', 'w2', LEE);
  presence.leave('a', 'w1');
  presence.enter('b', 'w1', MO);
  vi.advanceTimersByTime(499);
  expect(told).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(told).toEqual([
    {
      whole: false,
      customers: [
        { customerId: 'a', viewers: [LEE] },
        { customerId: 'b', viewers: [MO] },
      ],
    },
  ]);
  vi.advanceTimersByTime(5_000);
  expect(told).toHaveLength(1);
});

test('a window that goes takes all it showed along, and what it never showed is no change', () => {
  const { told, presence } = counted();
  presence.enter('a', 'w1', MO);
  presence.enter('b', 'w1', MO);
  presence.enter('b', 'w2', MO);
  vi.advanceTimersByTime(500);
  presence.leave('a', 'w2');
  vi.advanceTimersByTime(500);
  expect(told).toHaveLength(1);
  presence.leaveAll('w1');
  vi.advanceTimersByTime(500);
  expect(told.at(-1)?.customers).toEqual([
    { customerId: 'a', viewers: [] },
    { customerId: 'b', viewers: [MO] },
  ]);
  expect(presence.all()).toEqual({ whole: true, customers: [{ customerId: 'b', viewers: [MO] }] });
});
