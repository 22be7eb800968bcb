import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { mergeCustomers } from '../customers/merge-customers.js';
import type { CustomerId } from '../customers/profile.js';
import { actionOf } from '../testing/decision-fixtures.js';
import { startTestEngine, type TestEngine } from '../testing/test-engine.js';
import { decideFor } from './decide-for.js';
import type { Engine } from './engine.js';
import { setConsent } from './set-permissions.js';

// Asked by the customer's own id, a process decides on what it remembers and finds out whether that still holds when it
// takes the room, or, where nothing is counted, by asking. Two processes on one store.

const mail = [{ treatmentId: 'mail', channel: 'email', title: 'x', body: 'x' }];
const GREEDY = { exploration: { default: { strategy: 'greedy' as const } } };
const THREE_A_WEEK = { ...GREEDY, contact: { limits: [{ name: 'three a week', max: 3, window: '7d' }] } };
const POLICIES = [
  ['where limits count it', THREE_A_WEEK],
  ['where nothing counts it', GREEDY],
] as const;

let running: TestEngine;
let first: Engine;
let second: Engine;
beforeAll(async () => {
  running = await startTestEngine({ actions: [] });
  first = running.engine;
}, 30_000);
afterAll(() => running.close());
beforeEach(() => {
  // One whose memory served well so far: it stops deciding from memory when that is wrong too often.
  second = running.another();
  running.use({ actions: [actionOf('offer', { treatments: mail })], policies: THREE_A_WEEK });
});

async function chosen(engine: Engine, customerId: string): Promise<string | undefined> {
  const asked = { customer: { customerId }, channel: 'email', slots: 1, context: {} };
  return (await decideFor(engine, asked, 'test'))?.actions[0]?.actionId;
}

/** A customer who may be mailed, remembered by both. */
async function known(userId: string): Promise<string> {
  const customerId = await running.customer(userId, { consent: { email: true } });
  await Promise.all([first.customers.find({ customerId }), second.customers.find({ customerId })]);
  expect(second.customers.recall({ customerId })?._id).toBe(customerId);
  return customerId;
}

test('nothing is read of a customer that is remembered and whose room is taken', async () => {
  const customerId = await known('recalled');
  const [reads, one] = [
    vi.spyOn(running.store.customers, 'find'),
    vi.spyOn(running.store.customers, 'findById'),
  ];
  expect(await chosen(second, customerId)).toBe('offer');
  expect([reads, one].map(({ mock }) => mock.calls)).toEqual([[], []]);
  reads.mockRestore();
  one.mockRestore();
});

test('a limit holds under 64 decisions at once, made by two processes from memory', async () => {
  const customerId = await known('parallel');
  const made = await Promise.all(
    Array.from({ length: 64 }, (_, index) => chosen(index % 2 === 0 ? first : second, customerId)),
  );
  expect(made.filter((actionId) => actionId !== undefined)).toEqual(['offer', 'offer', 'offer']);
});

test.each(POLICIES)('a consent taken back elsewhere is obeyed at once, %s', async (name, policies) => {
  running.use({ actions: [actionOf('offer', { treatments: mail })], policies });
  const customerId = await known(`consent ${name}`);
  const told = { customerId, channel: 'email', purpose: 'marketing' as const, source: 'test' };
  await setConsent(first, { ...told, state: 'denied' });
  expect(await chosen(second, customerId)).toBeUndefined();
  running.pass(1_000);
  await setConsent(first, { ...told, state: 'granted' });
  expect(await chosen(second, customerId)).toBe('offer');
});

test.each(POLICIES)(
  'one who was merged elsewhere is decided for as the survivor, %s',
  async (name, policies) => {
    running.use({ actions: [actionOf('offer', { treatments: mail })], policies });
    const [absorbed, survivor] = [await known(`absorbed ${name}`), await known(`survivor ${name}`)];
    await mergeCustomers(running.store, {
      absorbed: absorbed as CustomerId,
      survivor: survivor as CustomerId,
      because: { messageId: 'both', eventType: 'alias', identities: [], at: new Date(0) },
    });
    const asked = { customer: { customerId: absorbed }, channel: 'email', slots: 1, context: {} };
    expect((await decideFor(second, asked, 'test'))?.customerId).toBe(survivor);
  },
);

test.each(POLICIES)('one who is gone is unknown, %s', async (name, policies) => {
  running.use({ actions: [actionOf('offer', { treatments: mail })], policies });
  const customerId = await known(`gone ${name}`);
  await running.store.customers.deleteOne({ _id: customerId });
  const asked = { customer: { customerId }, channel: 'email', slots: 1, context: {} };
  expect(await decideFor(second, asked, 'test')).toBeNull();
});
