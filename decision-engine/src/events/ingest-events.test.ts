import type { InboundEvent } from '@segue/integrations';
import { featureRecord } from '@segue/models';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applyPending } from '../customers/apply-pending.js';
import { findCustomer } from '../customers/find-customer.js';
import { mergeCustomers } from '../customers/merge-customers.js';
import type { CustomerId } from '../customers/profile.js';
import type { Store } from '../store/store.js';
import { openTestStore } from '../testing/test-store.js';
import { ingestEvents, recoverIngest } from './ingest-events.js';
import { readHistories } from './read-histories.js';

let store: Store;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ store, close } = await openTestStore());
}, 30_000);
afterAll(() => close());

const T0 = Date.UTC(2026, 0, 5, 10);
let count = 0;

type Given = Partial<InboundEvent> & Pick<InboundEvent, 'name'>;

function track({ name, ...more }: Given): InboundEvent {
  const timestamp = more.timestamp ?? new Date(T0 + count * 60_000);
  return {
    messageId: `m${count++}`,
    type: 'track',
    name,
    timestamp,
    receivedAt: timestamp,
    properties: {},
    traits: {},
    context: {},
    ...more,
  };
}

async function profile(reference: { userId?: string; anonymousId?: string; email?: string }) {
  const document = await findCustomer(store, reference);
  if (document === null) throw new Error('no such customer');
  return document;
}

describe('ingestEvents', () => {
  test('an event makes a customer, and a repeat changes nothing', async () => {
    const order = track({
      name: 'Order Completed',
      userId: 'once',
      properties: { total: 20, currency: 'GBP' },
    });
    expect(await ingestEvents(store, [order])).toMatchObject({ accepted: 1, duplicates: 0 });
    const before = await profile({ userId: 'once' });
    expect(await ingestEvents(store, [order])).toMatchObject({ accepted: 0, duplicates: 1 });
    expect(await profile({ userId: 'once' })).toEqual(before);
    expect(before.totals).toEqual({ orders: 1, revenue: 20, currency: 'GBP' });
  });

  test('the same event twice in one batch counts once', async () => {
    const order = track({ name: 'Order Completed', userId: 'twice', properties: { total: 5 } });
    expect(await ingestEvents(store, [order, order])).toMatchObject({ accepted: 1, duplicates: 1 });
    expect((await profile({ userId: 'twice' })).totals.orders).toBe(1);
  });

  test('64 writers at once lose nothing and count nothing twice', async () => {
    const events = Array.from({ length: 64 }, () =>
      track({ name: 'Order Completed', userId: 'busy', properties: { total: 1 } }),
    );
    await Promise.all(events.map((event) => ingestEvents(store, [event])));
    await Promise.all(events.map((event) => ingestEvents(store, [event])));
    expect((await profile({ userId: 'busy' })).totals).toMatchObject({ orders: 64, revenue: 64 });
    expect(await store.events.countDocuments({ pending: true })).toBe(0);
  });

  test('a visit before signing in belongs to the customer, on every device', async () => {
    const add = { properties: { product_id: 'p', price: 10, quantity: 1 } };
    await ingestEvents(store, [track({ name: 'Product Added', anonymousId: 'phone', ...add })]);
    await ingestEvents(store, [track({ name: 'Product Added', anonymousId: 'laptop', ...add })]);
    await ingestEvents(store, [
      track({
        name: '',
        type: 'identify',
        userId: 'ann',
        anonymousId: 'phone',
        traits: { email: 'Ann@Example.com' },
      }),
    ]);
    await ingestEvents(store, [track({ name: 'Cart Viewed', userId: 'ann', anonymousId: 'laptop' })]);
    const ann = await profile({ userId: 'ann' });
    for (const reference of [
      { anonymousId: 'phone' },
      { anonymousId: 'laptop' },
      { email: 'ann@example.com' },
    ]) {
      expect((await profile(reference))._id).toBe(ann._id);
    }
    expect(featureRecord(ann.features, new Date(T0 + count * 60_000))['basket_items']).toBe(2);
    expect(await store.events.countDocuments({ customerId: ann._id })).toBe(4);
  });

  test('a merge inside one batch is seen by the events after it', async () => {
    await ingestEvents(store, [
      track({ name: 'Order Completed', anonymousId: 'b1', properties: { total: 3 } }),
      track({ name: 'Order Completed', userId: 'bob', properties: { total: 4 } }),
      track({ name: '', type: 'alias', userId: 'bob', previousId: 'b1' }),
      track({ name: 'Order Completed', anonymousId: 'b1', properties: { total: 5 } }),
    ]);
    expect((await profile({ userId: 'bob' })).totals).toMatchObject({ orders: 3, revenue: 12 });
    expect((await profile({ anonymousId: 'b1' }))._id).toBe((await profile({ userId: 'bob' }))._id);
  });

  test('who still takes in events for one merged away meanwhile takes nothing from the survivor', async () => {
    await ingestEvents(store, [
      track({ name: 'Order Completed', anonymousId: 'away', properties: { total: 3 } }),
      track({ name: 'Order Completed', userId: 'stays', properties: { total: 4 } }),
    ]);
    const absorbed = (await profile({ anonymousId: 'away' }))._id as CustomerId;
    const survivor = (await profile({ userId: 'stays' }))._id as CustomerId;
    const because = { messageId: 'both', eventType: 'alias', identities: [], at: new Date(T0) };
    // Another process merged them and did not come to the survivor's profile yet.
    await mergeCustomers(store, { absorbed, survivor, because });
    await applyPending(store, [absorbed]);
    await applyPending(store, [survivor]);
    expect((await profile({ userId: 'stays' })).totals).toMatchObject({ orders: 2, revenue: 7 });
  });

  test('an event that a merge takes along between the save and the mark counts for the survivor', async () => {
    await ingestEvents(store, [
      track({ name: 'Order Completed', userId: 'signs-in', properties: { total: 4 } }),
    ]);
    const survivor = (await profile({ userId: 'signs-in' }))._id as CustomerId;
    const because = { messageId: 'sign-in', eventType: 'identify', identities: [], at: new Date(T0) };
    let merges = 0;
    const events = new Proxy(store.events, {
      get: (model, name) => {
        const value: unknown = Reflect.get(model, name);
        if (name !== 'updateMany' || typeof value !== 'function') return value;
        return async (...given: unknown[]): Promise<unknown> => {
          merges += 1;
          const absorbed = (await profile({ anonymousId: 'visits' }))._id as CustomerId;
          await mergeCustomers(store, { absorbed, survivor, because });
          return Reflect.apply(value, model, given);
        };
      },
    });
    await ingestEvents({ ...store, events }, [
      track({ name: 'Order Completed', anonymousId: 'visits', properties: { total: 3 } }),
    ]);
    expect(merges).toBe(1);
    await recoverIngest(store);
    expect((await profile({ userId: 'signs-in' })).totals).toMatchObject({ orders: 2, revenue: 7 });
  });

  test('what a crash left pending is finished at the next start', async () => {
    await ingestEvents(store, [track({ name: 'Order Completed', userId: 'cut', properties: { total: 1 } })]);
    const { _id: customerId } = await profile({ userId: 'cut' });
    const late = track({ name: 'Order Completed', userId: 'cut', properties: { total: 2 } });
    // As if the process had died between storing the event and saving the profile.
    await store.events.create({
      _id: late.messageId,
      schemaVersion: 1,
      customerId,
      type: 'track',
      name: late.name,
      timestamp: late.timestamp,
      receivedAt: late.receivedAt,
      properties: late.properties,
      context: {},
      identities: [],
      pending: true,
    });
    expect(await recoverIngest(store)).toEqual({ customers: 1 });
    expect(await recoverIngest(store)).toEqual({ customers: 0 });
    expect((await profile({ userId: 'cut' })).totals).toMatchObject({ orders: 2, revenue: 3 });
  });

  test('died after the profile was saved and before the event was marked: not counted again', async () => {
    const order = track({ name: 'Order Completed', userId: 'mark', properties: { total: 7 } });
    await ingestEvents(store, [order]);
    await store.events.updateOne({ _id: order.messageId }, { $set: { pending: true } });
    await recoverIngest(store);
    expect((await profile({ userId: 'mark' })).totals).toMatchObject({ orders: 1, revenue: 7 });
  });

  test('histories come one customer at a time, oldest event first', async () => {
    const histories = [];
    for await (const history of readHistories(store)) histories.push(history);
    const customers = new Set(histories.map(({ customerId }) => customerId));
    expect(customers.size).toBe(histories.length);
    expect(histories.map(({ events }) => events.length).reduce((a, b) => a + b, 0)).toBe(
      await store.events.countDocuments(),
    );
    for (const { events } of histories) {
      const times = events.map(({ timestamp }) => timestamp.getTime());
      expect(times).toEqual([...times].sort((a, b) => a - b));
    }
  });
});
