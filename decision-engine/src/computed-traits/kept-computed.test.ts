import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkContent } from '../catalogue-store/check-content.js';
import type { CustomerDocument } from '../customers/customer-document.js';
import { findCustomer } from '../customers/find-customer.js';
import { profileOf } from '../customers/stored-profile.js';
import { scoreBatch } from '../inbox/score-customers.js';
import { startTestEngine, type TestCatalogue, type TestEngine } from '../testing/test-engine.js';

const DAY = 86_400_000;
const ORDERS = {
  traitId: 'orders90Days',
  name: 'Orders in 90 days',
  events: ['Order Completed'],
  within: '90d',
  compute: 'count' as const,
};
const CATEGORY = {
  traitId: 'lastCategory',
  name: 'Category bought last',
  events: ['Order Completed'],
  compute: 'last' as const,
  property: 'products.category',
};
const LOYAL = {
  segmentId: 'loyal',
  name: 'Two orders in 90 days',
  when: { field: 'computed.orders90Days', op: 'gte' as const, value: 2 },
};
const catalogue: TestCatalogue = {
  actions: [],
  policies: { computedTraits: [ORDERS, CATEGORY] },
  segments: [LOYAL],
};

let running: TestEngine;
beforeAll(async () => {
  running = await startTestEngine(catalogue);
}, 30_000);
afterAll(() => running.close());

async function look(): Promise<void> {
  while ((await scoreBatch(running.engine)).scored > 0);
}
async function stored(userId: string): Promise<CustomerDocument> {
  const document = await findCustomer(running.store, { userId });
  if (document === null) throw new Error(`Expected ${userId} to be stored`);
  return document;
}
const order = (userId: string, category: string) =>
  running.send({
    type: 'track',
    name: 'Order Completed',
    userId,
    properties: { total: 10, products: [{ category }] },
  });

test('kept up as events arrive and as time passes, in segments, decisions and words', async () => {
  await order('ann', 'tea');
  await look();
  const first = await stored('ann');
  expect(first.computed).toEqual({
    orders90Days: { value: 1, at: running.now() },
    lastCategory: { value: 'tea', at: running.now() },
  });
  // Who remembers the customer sees it.
  expect(await running.engine.customers.find({ userId: 'ann' })).toMatchObject({ computed: first.computed });
  running.pass(DAY);
  await order('ann', 'coffee');
  await look();
  expect(await running.engine.customers.find({ userId: 'ann' })).toMatchObject({
    computed: { orders90Days: { value: 2 }, lastCategory: { value: 'coffee' } },
    segments: ['loyal'],
  });
  const words = running.engine.write(
    {
      ...{ treatmentId: 'words' as never, channel: 'email' as never, title: 'Hello', placements: [] },
      ...{ body: 'More {{ customer.computed.lastCategory }}?', contactCost: 0, attributes: {} },
    },
    profileOf(await stored('ann')),
  );
  expect(words.body).toBe('More coffee?');
  running.pass(90 * DAY - 1);
  await look();
  expect(await stored('ann')).toMatchObject({ computed: { orders90Days: { value: 1 } }, segments: [] });
  expect((await stored('ann')).computed?.['lastCategory']).toMatchObject({ value: 'coffee' });
});

test('an event that comes between reading and writing is not lost, and what is known outlives a save', async () => {
  await order('bob', 'tea');
  await look();
  const { computed, revision } = await stored('bob');
  await running.send({ type: 'track', name: 'Cart Viewed', userId: 'bob' });
  expect(await stored('bob')).toMatchObject({ computed, revision: revision + 1, scoredAt: null });
  await look();
  // Nothing new: nobody has to read the customer again.
  expect((await stored('bob')).revision).toBe(revision + 1);
});

test('an event counts that is in the profile and not yet marked so', async () => {
  await order('eve', 'tea');
  const { applying } = await stored('eve');
  expect(applying).toHaveLength(1);
  const marked = { _id: { $in: [...applying] } };
  await running.store.events.updateMany(marked, { $set: { pending: true } });
  await look();
  await running.store.events.updateMany(marked, { $unset: { pending: '' } });
  expect((await stored('eve')).computed).toMatchObject({ orders90Days: { value: 1 } });
});

test('another definition looks at everybody; one that is gone takes its values along', async () => {
  await order('cid', 'tea');
  await look();
  running.use({ actions: [], policies: { computedTraits: [{ ...ORDERS, events: ['Cart Viewed'] }] } });
  await look();
  expect((await stored('cid')).computed).toEqual({ orders90Days: { value: 0, at: running.now() } });
  running.use({ actions: [] });
  await look();
  expect((await stored('cid')).computed).toEqual({});
  running.use(catalogue);
  await look();
  expect((await stored('cid')).computed).toMatchObject({ orders90Days: { value: 1 } });
});

test('a condition on one that nobody defined, or of another type, is refused with its path', () => {
  const check = (when: object) =>
    checkContent(
      { ...catalogue, policies: catalogue.policies ?? {}, segments: [{ ...LOYAL, when }] },
      'test',
    );
  expect(check({ field: 'computed.orders', op: 'gte', value: 2 })).toMatchObject({
    ok: false,
    problems: [
      expect.stringMatching(/"segments\[0\]\.when\.field".*orders90Days, lastCategory.*computed\.orders/),
    ],
  });
  expect(check({ field: 'computed.orders90Days', op: 'contains', value: 'x' })).toMatchObject({ ok: false });
});
