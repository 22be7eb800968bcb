import { emptyFeatureState } from '@segue/models';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { decideFor } from '../engine/decide-for.js';
import { actionOf } from '../testing/decision-fixtures.js';
import { startTestEngine, type TestEngine } from '../testing/test-engine.js';
import { findCustomer } from './find-customer.js';
import { rebuildFeatures } from './rebuild-features.js';

let running: TestEngine;
beforeAll(async () => {
  running = await startTestEngine({ actions: [actionOf('a')] });
}, 30_000);
afterAll(() => running.close());

const decide = () =>
  decideFor(running.engine, { customer: { userId: 'old' }, channel: 'agent', slots: 1, context: {} }, 'test');

test('features of another version are refused in plain words, and made anew from the events', async () => {
  const customerId = await running.customer('old');
  await running.customer('current');
  for (const orderId of ['1', '2']) {
    running.pass(60_000);
    await running.send({
      type: 'track',
      name: 'Order Completed',
      userId: 'old',
      properties: { order_id: orderId, total: 20 },
    });
  }
  const before = await findCustomer(running.store, { userId: 'old' });
  await running.store.customers.updateOne(
    { _id: customerId },
    { $set: { features: { ...emptyFeatureState(), version: 1 } } },
  );
  await expect(decide()).rejects.toThrow(
    new RegExp(`features of customer ${customerId} .* version 1 .*start Segue once`, 'i'),
  );
  expect(await rebuildFeatures(running.store)).toBe(1);
  expect(await rebuildFeatures(running.store)).toBe(0);
  const after = await findCustomer(running.store, { userId: 'old' });
  expect(after?.features).toEqual(before?.features);
  expect((await decide())?.actions).toHaveLength(1);
});
