import { expect, it } from 'vitest';
import { generateDemoEvents } from '../generate-demo-events.js';
import { continueWorld } from './live-world.js';

const SHOP = { seed: 5, customers: 80 };
const PLAYED = { start: new Date('2026-01-01T00:00:00Z'), end: new Date('2026-03-01T10:00:00Z') };
const signal = new AbortController().signal;

/** The next events from `now` on, as text without the ids of messages. */
async function continued(now: Date, count: number) {
  const world = await continueWorld({ ...SHOP, played: PLAYED, now, signal });
  if (world === undefined) throw new Error('Expected a world, got none');
  const events = [];
  let step: ReturnType<typeof world.lives.next> = { done: false, value: world.first };
  while (step.done !== true && events.length < count) {
    const { item, customer } = step.value;
    if (item.kind === 'event') events.push({ customer, at: item.at, event: item.event });
    step = world.lives.next(undefined);
  }
  return events;
}

const named = (events: Awaited<ReturnType<typeof continued>>, name: string) =>
  events.flatMap(({ event }) => (event.type === 'track' && event.event === name ? [event.properties] : []));

it('goes on with the customers of the shop that was played, where it stopped', async () => {
  const users = new Set<string>();
  const orders = new Set<unknown>();
  for (const event of generateDemoEvents({ ...SHOP, ...PLAYED, liveEnding: true })) {
    if (event.userId !== undefined) users.add(event.userId);
    if (event.type === 'track' && event.event === 'Order Completed') orders.add(event.properties['order_id']);
  }
  const events = await continued(new Date(PLAYED.end.getTime() + 60_000), 600);
  expect(events.every(({ at }) => at >= PLAYED.end.getTime())).toBe(true);
  const delivered = named(events, 'Order Delivered').map(({ order_id }) => order_id);
  expect(delivered.some((order) => orders.has(order))).toBe(true);
  expect(events.some(({ event }) => event.userId !== undefined && users.has(event.userId))).toBe(true);
});

it('brings new customers', async () => {
  const events = await continued(PLAYED.end, 1500);
  const newcomers = new Set(
    events.filter(({ customer }) => customer >= SHOP.customers).map(({ customer }) => customer),
  );
  expect(newcomers.size).toBeGreaterThan(1);
});

it('taken up later it starts from now, and lives other days than before', async () => {
  const later = new Date(PLAYED.end.getTime() + 5 * 3_600_000);
  const first = await continued(PLAYED.end, 800);
  const second = await continued(later, 800);
  expect(second[0]?.at).toBeGreaterThanOrEqual(later.getTime());
  const orders = new Set(named(first, 'Order Completed').map(({ order_id }) => order_id));
  const again = named(second, 'Order Completed').filter(({ order_id }) => orders.has(order_id));
  expect(orders.size).toBeGreaterThan(5);
  expect(again).toEqual([]);
});
