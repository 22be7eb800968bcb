import { createHash } from 'node:crypto';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { parseSegmentMessage } from '@segue/integrations';
import { describe, expect, it } from 'vitest';
import type { DemoEvent } from './demo-event.js';
import { type DemoShopOptions, generateDemoEvents } from './generate-demo-events.js';

const SHOP: DemoShopOptions = {
  seed: 11,
  customers: 150,
  start: new Date('2025-09-01T00:00:00Z'),
  end: new Date('2026-03-01T00:00:00Z'),
};

function hashOf(options: DemoShopOptions): string {
  const hash = createHash('sha256');
  for (const event of generateDemoEvents(options)) hash.update(JSON.stringify(event));
  return hash.digest('hex');
}

const ofType = (events: readonly DemoEvent[], name: string) =>
  events.flatMap((event) => (event.type === 'track' && event.event === name ? [event.properties] : []));

describe('generateDemoEvents', () => {
  it('gives the same events for the same seed and others for another', () => {
    const first = hashOf(SHOP);
    expect(hashOf(SHOP)).toBe(first);
    expect(hashOf({ ...SHOP, seed: 12 })).not.toBe(first);
  }, 30_000);

  it('is in order of time, within its horizon, and no message comes twice', () => {
    const events = [...generateDemoEvents(SHOP)];
    const times = events.map(({ timestamp }) => timestamp);
    expect(times).toEqual([...times].sort());
    expect((times[0] ?? '') >= SHOP.start.toISOString()).toBe(true);
    expect((times.at(-1) ?? '') < SHOP.end.toISOString()).toBe(true);
    expect(new Set(events.map(({ messageId }) => messageId)).size).toBe(events.length);
  });

  it('gives the same events customer by customer', () => {
    const sorted = (order: 'time' | 'customer') =>
      [...generateDemoEvents({ ...SHOP, order })].map(({ messageId }) => messageId).sort();
    expect(sorted('customer')).toEqual(sorted('time'));
  });

  it('sends messages that the Segment spec allows', () => {
    const refused = [...generateDemoEvents({ ...SHOP, customers: 200, liveEnding: true })].filter(
      (event) => !parseSegmentMessage(event, { receivedAt: SHOP.end }).ok,
    );
    expect(refused).toEqual([]);
  });

  it('names properties as the commerce and chat specs do', () => {
    const events = [...generateDemoEvents(SHOP)];
    const order = ofType(events, 'Order Completed').find(({ affiliation }) => affiliation === 'Web shop');
    expect(order).toMatchObject({
      checkout_id: expect.any(String),
      order_id: expect.any(String),
      total: expect.any(Number),
      subtotal: expect.any(Number),
      revenue: expect.any(Number),
      shipping: expect.any(Number),
      discount: expect.any(Number),
      currency: 'GBP',
      products: expect.arrayContaining([
        expect.objectContaining({
          product_id: expect.any(String),
          sku: expect.any(String),
          category: expect.any(String),
          name: expect.any(String),
          price: expect.any(Number),
          quantity: expect.any(Number),
        }),
      ]),
    });
    expect(ofType(events, 'Checkout Started')[0]).toMatchObject({
      value: expect.any(Number),
      currency: 'GBP',
    });
    expect(ofType(events, 'Products Searched')[0]).toEqual({ query: expect.any(String) });
    expect(ofType(events, 'Live Chat Conversation Started')[0]).toMatchObject({
      agent_id: expect.any(String),
      conversation_id: expect.any(String),
      message_id: expect.any(String),
      message_body: expect.any(String),
    });
  });

  it('charges what the lines come to, less the discount', () => {
    const wrong = ofType([...generateDemoEvents(SHOP)], 'Order Completed').filter((order) => {
      const lines = order['products'] as { price: number; quantity: number }[];
      const subtotal = lines.reduce((sum, { price, quantity }) => sum + price * quantity, 0);
      const { subtotal: said, discount, revenue, shipping, total } = order as Record<string, number>;
      return (
        Math.abs(subtotal - Number(said)) > 0.005 ||
        Math.abs(Number(said) - Number(discount) - Number(revenue)) > 0.011 ||
        Math.abs(Number(revenue) + Number(shipping) - Number(total)) > 0.011
      );
    });
    expect(wrong).toEqual([]);
  });

  it('says what is wrong with options that make no world', () => {
    const take = (change: Partial<DemoShopOptions>) => () =>
      generateDemoEvents({ ...SHOP, ...change }).next();
    expect(take({ seed: 0.5 })).toThrow('Expected "seed" to be a whole number >= 0, got 0.5');
    expect(take({ customers: -1 })).toThrow('Expected "customers" to be a whole number >= 0, got -1');
    expect(take({ end: SHOP.start })).toThrow('Expected "start" to be before "end"');
  });

  it('needs no more memory for the 20,000th customer than for the 2,000th', () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const heapAt: number[] = [];
    let customers = 0;
    let last = '';
    const days = {
      ...SHOP,
      end: new Date('2025-09-05T00:00:00Z'),
      customers: 20_000,
      order: 'customer' as const,
    };
    for (const { messageId } of generateDemoEvents(days)) {
      const customer = messageId.split('-')[2] ?? '';
      if (customer === last) continue;
      last = customer;
      customers = Number(customer);
      if (heapAt.length < Math.floor(customers / 2000)) {
        collect();
        heapAt.push(process.memoryUsage().heapUsed);
      }
    }
    const [first = 0] = heapAt;
    expect(customers).toBeGreaterThan(19_000);
    expect((heapAt.at(-1) ?? 0) - first).toBeLessThan(4_000_000);
  }, 60_000);
});
