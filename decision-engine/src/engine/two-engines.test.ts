import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { findCustomer } from '../customers/find-customer.js';
import { mergeCustomers } from '../customers/merge-customers.js';
import type { CustomerId } from '../customers/profile.js';
import { reserveContacts } from '../decisions/reserve-contacts.js';
import { actionOf } from '../testing/decision-fixtures.js';
import { startTestEngine, type TestEngine } from '../testing/test-engine.js';
import { decideFor } from './decide-for.js';
import type { Engine } from './engine.js';
import { liftSuppression, setConsent, suppress } from './set-permissions.js';

// Two processes on one store. Both remember customers; what the first is told, the second has to obey with its next decision.

const GREEDY = { exploration: { default: { strategy: 'greedy' as const } } };
const mail = [{ treatmentId: 'mail', channel: 'email', title: 'x', body: 'x' }];
let running: TestEngine;
let first: Engine;
let second: Engine;
beforeAll(async () => {
  running = await startTestEngine({ actions: [] });
  first = running.engine;
  second = running.another();
}, 30_000);
afterAll(() => running.close());
beforeEach(() => {
  running.use({ actions: [actionOf('offer', { treatments: mail })], policies: GREEDY });
});

const chosen = async (engine: Engine, userId: string): Promise<string | undefined> => {
  const asked = { customer: { userId }, channel: 'email', slots: 1, context: {} };
  return (await decideFor(engine, asked, 'test'))?.actions[0]?.actionId;
};

/** A customer who may be mailed, remembered by both. */
async function known(userId: string): Promise<{ customerId: string; source: string }> {
  const customerId = await running.customer(userId, { consent: { email: true }, age: 40 });
  expect([await chosen(first, userId), await chosen(second, userId)]).toEqual(['offer', 'offer']);
  return { customerId, source: 'test' };
}

test('a consent that is taken back, and given again', async () => {
  const told = { ...(await known('consent')), channel: 'email', purpose: 'marketing' as const };
  await setConsent(first, { ...told, state: 'denied' });
  expect(await chosen(second, 'consent')).toBeUndefined();
  running.pass(1_000);
  await setConsent(first, { ...told, state: 'granted' });
  expect(await chosen(second, 'consent')).toBe('offer');
});

test('a suppression, and its end', async () => {
  const told = { ...(await known('suppressed')), suppressionId: 'rest' };
  await suppress(first, { ...told, kind: 'legal', reason: 'register' });
  expect(await chosen(second, 'suppressed')).toBeUndefined();
  running.pass(1_000);
  await liftSuppression(first, told);
  expect(await chosen(second, 'suppressed')).toBe('offer');
});

test('a trait, and the segment that follows from it', async () => {
  running.use({
    actions: [
      actionOf('offer', {
        treatments: mail,
        eligibility: [{ name: 'grown up', when: { field: 'segments', op: 'contains', value: 'adults' } }],
      }),
    ],
    policies: GREEDY,
    segments: [{ segmentId: 'adults', name: 'Adults', when: { field: 'traits.age', op: 'gte', value: 18 } }],
  });
  await known('trait');
  await running.send({ type: 'identify', userId: 'trait', traits: { age: 12 } });
  expect(await chosen(second, 'trait')).toBeUndefined();
});

test('a cap that the first used up', async () => {
  await known('capped');
  running.use({
    actions: [actionOf('offer', { treatments: mail })],
    policies: { ...GREEDY, contact: { limits: [{ name: 'once', max: 1, window: '7d' }] } },
  });
  expect(await chosen(first, 'capped')).toBe('offer');
  expect(await chosen(second, 'capped')).toBeUndefined();
});

test('room that a merge brought with it', async () => {
  const [survivor, absorbed] = [await known('survivor'), await known('absorbed')];
  running.use({
    actions: [actionOf('offer', { treatments: mail })],
    policies: { ...GREEDY, contact: { limits: [{ name: 'once', max: 1, window: '7d' }] } },
  });
  expect(await chosen(second, 'absorbed')).toBe('offer');
  await mergeCustomers(running.store, {
    absorbed: absorbed.customerId as CustomerId,
    survivor: survivor.customerId as CustomerId,
    because: { messageId: 'both', eventType: 'alias', identities: [], at: new Date(0) },
  });
  expect(await chosen(second, 'survivor')).toBeUndefined();
  expect(await chosen(second, 'absorbed')).toBeUndefined();
});

test('a customer who is no more', async () => {
  const { customerId } = await known('erased');
  await running.store.customers.deleteOne({ _id: customerId });
  const asked = { customer: { customerId }, channel: 'email', slots: 1, context: {} };
  expect(await decideFor(second, asked, 'test')).toBeNull();
});

test('a consent that is taken back while the second decides', async () => {
  running.use({
    actions: [actionOf('offer', { treatments: mail })],
    policies: { ...GREEDY, contact: { limits: [{ name: 'nine', max: 9, window: '7d' }] } },
  });
  const told = await known('meanwhile');
  const turns: Engine['turns'] = (key, work) =>
    second.turns(key, async () => {
      await setConsent(first, { ...told, channel: 'email', purpose: 'marketing', state: 'denied' });
      return work();
    });
  expect(await chosen({ ...second, turns }, 'meanwhile')).toBeUndefined();
});

test('a customer of whom something was learned since has to be read again before room is taken', async () => {
  const { customerId } = await known('learned');
  const before = await findCustomer(running.store, { customerId });
  if (before === null) throw new Error('Expected the customer to be stored');
  await running.send({ type: 'identify', userId: 'learned', traits: { age: 41 } });
  const contact = {
    decisionId: 'dec',
    actionId: 'offer',
    treatmentId: 'mail',
    groupId: 'offers',
    issueId: 'i',
    class: 'promotional' as const,
    channel: 'email',
    tags: [],
    at: running.now(),
    until: new Date(running.now().getTime() + 1_000),
  };
  expect(await reserveContacts(running.store, before, [contact])).toBeNull();
});

test('a store that is gone in the middle fails the decision under way, and what that took is given back', async () => {
  running.use({
    actions: [actionOf('offer', { treatments: mail, limits: { totalContacts: 1 } })],
    policies: { ...GREEDY, contact: { limits: [{ name: 'nine', max: 9, window: '7d' }] } },
  });
  for (const userId of ['lost', 'next']) await running.customer(userId, { consent: { email: true } });
  const gone = new Error('connection closed');
  const write = vi.spyOn(running.store.customers.collection, 'bulkWrite').mockRejectedValueOnce(gone);
  try {
    await expect(chosen(second, 'lost')).rejects.toBe(gone);
  } finally {
    write.mockRestore();
  }
  // The only one there is went to nobody.
  expect(await chosen(second, 'next')).toBe('offer');
});
