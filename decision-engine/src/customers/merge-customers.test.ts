import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestEngine, type TestEngine } from '../testing/test-engine.js';
import { applyPending } from './apply-pending.js';
import { moveTo } from './merge-customers.js';
import type { CustomerId } from './profile.js';

let running: TestEngine;
beforeAll(async () => {
  running = await startTestEngine({ actions: [] });
}, 30_000);
afterAll(() => running.close());

function codeOf(customerId: string, code: string) {
  return { _id: code as never, schemaVersion: 1, customerId, offerId: 'five-off', decisionId: 'dec_1' };
}

test('what is written while a merge moves the rest keeps whose it was', async () => {
  const { store } = running;
  await store.offerCodes.collection.insertOne(codeOf('cus_from', 'BEFORE'));
  const codes = store.connection.collection(store.offerCodes.collection.name);
  let calls = 0;
  const watched = new Proxy(codes, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      return async (...given: unknown[]): Promise<unknown> => {
        const answer: unknown = await Reflect.apply(value, target, given);
        calls += 1;
        if (calls === 1) await store.offerCodes.collection.insertOne(codeOf('cus_from', 'MEANWHILE'));
        return answer;
      };
    },
  });
  const connection = new Proxy(store.connection, {
    get: (target, name) => (name === 'collection' ? () => watched : Reflect.get(target, name)),
  });
  await moveTo({ ...store, connection }, 'offerCodes', { from: 'cus_from', to: 'cus_to' });
  const moved = await store.offerCodes.find({ customerId: 'cus_to' }).sort({ _id: 1 }).lean();
  expect(moved).toMatchObject([
    { _id: 'BEFORE', origin: 'cus_from' },
    { _id: 'MEANWHILE', origin: 'cus_from' },
  ]);
});

test('who reads late that a customer was merged moves what is new and nothing else', async () => {
  const { store } = running;
  const [from, to] = [await running.customer('late'), await running.customer('later')];
  const before = await store.events.countDocuments({ customerId: from });
  expect(before).toBeGreaterThan(0);
  // As it reads while the merge is being undone, which gave these events back.
  await store.customers.updateOne({ _id: from }, { $set: { mergedInto: to } });
  const at = running.now();
  const event = { schemaVersion: 1, type: 'track', timestamp: at, receivedAt: at, identities: [] };
  await store.events.create({ _id: 'new', customerId: from, name: 'Cart Viewed', ...event, pending: true });
  await applyPending(store, [from as CustomerId]);
  expect(await store.events.countDocuments({ customerId: from })).toBe(before);
  expect(await store.events.findById('new').lean()).toMatchObject({ customerId: to, origin: from });
});

test('who became part of somebody is found without looking at everybody', async () => {
  const { store } = running;
  const customers = store.connection.collection(store.customers.collection.name);
  const planOf = async (filter: Readonly<Record<string, unknown>>) =>
    JSON.stringify((await customers.find(filter).explain())['queryPlanner'].winningPlan);
  expect(await planOf({ mergedInto: { $in: ['cus_1', 'cus_2'] } })).toContain('mergedInto_1');
  expect(await planOf({ mergedInto: null, scoredAt: null })).not.toContain('mergedInto_1');
});
