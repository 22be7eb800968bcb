import { describe, expect, it } from 'vitest';
import { generateDemoEvents } from '../generate-demo-events.js';

function countsByDay(start: string, end: string, customers: number) {
  const days = new Map<string, Map<string, number>>();
  for (const event of generateDemoEvents({
    seed: 51,
    customers,
    start: new Date(start),
    end: new Date(end),
  })) {
    const name =
      event.type === 'track' ? event.event : `${event.type} ${event.type === 'page' ? event.name : ''}`;
    const day = event.timestamp.slice(0, 10);
    const counts = days.get(day) ?? new Map<string, number>();
    counts.set(name, (counts.get(name) ?? 0) + 1);
    days.set(day, counts);
  }
  const total = (name: string, wanted: (day: string) => boolean) =>
    [...days].reduce((sum, [day, counts]) => sum + (wanted(day) ? (counts.get(name) ?? 0) : 0), 0);
  return { total };
}

describe('days of the shop', () => {
  it('lose half of the checkouts to a bad release, on 10 and 11 March', () => {
    const { total } = countsByDay('2026-03-01T00:00:00Z', '2026-03-20T00:00:00Z', 4000);
    const bad = (day: string) => day === '2026-03-10' || day === '2026-03-11';
    const rate = (wanted: (day: string) => boolean) =>
      total('Payment Info Entered', wanted) / total('Checkout Started', wanted);
    const normal = rate((day) => !bad(day));
    const error = Math.sqrt(0.25 / total('Checkout Started', bad));
    expect(total('Checkout Started', bad)).toBeGreaterThan(60);
    expect(Math.abs(rate(bad) - normal / 2)).toBeLessThan(3 * error);
    expect(normal).toBeGreaterThan(0.65);
  }, 60_000);

  it('are busier in a sale, and closed during an outage', () => {
    const { total } = countsByDay('2025-11-01T00:00:00Z', '2025-12-01T00:00:00Z', 1500);
    const visits = (from: number, to: number) =>
      total('page Home', (day) => Number(day.slice(8)) >= from && Number(day.slice(8)) < to) / (to - from);
    expect(visits(22, 30)).toBeGreaterThan(1.25 * visits(13, 21));
    expect(total('page Back soon', (day) => day === '2025-11-12')).toBeGreaterThan(5);
    expect(total('page Back soon', (day) => day !== '2025-11-12')).toBe(0);
  }, 30_000);
});
