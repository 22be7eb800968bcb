import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { reserveContacts } from '../decisions/reserve-contacts.js';
import { decideFor } from '../engine/decide-for.js';
import { actionOf } from '../testing/decision-fixtures.js';
import { startTestEngine, type TestEngine } from '../testing/test-engine.js';
import type { CustomerDocument } from './customer-document.js';
import { findCustomer } from './find-customer.js';
import { mergeCustomers } from './merge-customers.js';
import type { CustomerId } from './profile.js';

const CONTACT = {
  decisionId: 'dec',
  actionId: 'a',
  treatmentId: 't',
  groupId: 'g',
  issueId: 'i',
  class: 'promotional' as const,
  channel: 'email',
  tags: [],
};

let running: TestEngine;
beforeAll(async () => {
  running = await startTestEngine({ actions: [] });
}, 30_000);
afterAll(() => running.close());

async function found(customerId: string): Promise<CustomerDocument> {
  const document = await running.engine.customers.find({ customerId });
  if (document === null) throw new Error(`Expected ${customerId} to be found`);
  return document;
}

test('a customer that did not change is read once', async () => {
  const customerId = await running.customer('once');
  const first = await found(customerId);
  const reads = vi.spyOn(running.store.customers, 'find');
  expect(await found(customerId)).toBe(first);
  expect(reads.mock.calls.map(([, fields]) => fields)).toEqual([
    { revision: 1, reservedRevision: 1, mergedInto: 1 },
  ]);
  reads.mockRestore();
});

test('an event is seen at once, and so is room that another process took', async () => {
  const customerId = await running.customer('changes');
  const other = running.another();
  await found(customerId);
  await running.send({ type: 'identify', userId: 'changes', traits: { age: 40 } });
  const seen = await found(customerId);
  expect(seen.traits).toMatchObject({ age: 40 });
  const theirs = await other.customers.find({ userId: 'changes' });
  if (theirs === null) throw new Error('Expected the other process to find the customer');
  const now = running.now();
  const contact = { ...CONTACT, at: now, until: new Date(now.getTime() + 1_000) };
  expect(await reserveContacts(running.store, theirs, [contact])).toMatchObject({ reserved: [contact] });
  expect(await reserveContacts(running.store, seen, [{ ...contact, decisionId: 'too late' }])).toBeNull();
  expect((await found(customerId)).reserved).toEqual([contact]);
});

test('of several customers reserved with one command, each is told its own', async () => {
  const ids = await Promise.all(['r1', 'r2', 'r3'].map((name) => running.customer(name)));
  const documents = await Promise.all(ids.map(found));
  const now = running.now();
  const contact = { ...CONTACT, at: now, until: new Date(now.getTime() + 1_000) };
  const [, second] = documents;
  if (second === undefined) throw new Error('Expected three customers');
  await reserveContacts(running.store, second, [{ ...contact, decisionId: 'quicker' }]);
  const results = await Promise.all(
    documents.map((document) => reserveContacts(running.store, document, [contact])),
  );
  expect(results.map((each) => each !== null)).toEqual([true, false, true]);
});

test('one that was merged leads to the survivor, one that is not there to null', async () => {
  const [absorbed, survivor] = [await running.customer('absorbed'), await running.customer('survivor')];
  await found(absorbed);
  await mergeCustomers(running.store, {
    absorbed: absorbed as CustomerId,
    survivor: survivor as CustomerId,
    because: { messageId: 'both', eventType: 'alias', identities: [], at: new Date(0) },
  });
  expect((await found(absorbed))._id).toBe(survivor);
  expect(await running.engine.customers.find({ customerId: 'nobody' })).toBeNull();
});

test('what this process wrote is newer than what was read before', async () => {
  const customerId = await running.customer('newest');
  const before = await findCustomer(running.store, { customerId });
  if (before === null) throw new Error('Expected the customer to be stored');
  const { customers } = running.engine;
  expect(customers.newest(before)).toBe(before);
  const after = { ...before, reservedRevision: (before.reservedRevision ?? 0) + 1 };
  customers.remember(after);
  expect(customers.newest(before)).toBe(after);
  expect(customers.newest({ ...before, revision: before.revision + 1 }).revision).toBe(before.revision + 1);
});

test('who is often changed elsewhere is asked for first, until memory serves again', async () => {
  const customerId = await running.customer('busy');
  const { customers } = running.another();
  const recalled = () => customers.recall({ customerId }) !== null;
  const elsewhere = async () => {
    await running.store.customers.updateOne({ _id: customerId }, { $inc: { revision: 1 } });
    await customers.find({ customerId });
  };
  await customers.find({ customerId });
  expect(recalled()).toBe(true);
  for (let time = 0; time < 10; time++) await elsewhere();
  expect(recalled()).toBe(false);
  for (let time = 0; time < 50; time++) await customers.find({ customerId });
  expect(recalled()).toBe(true);
  customers.forget([customerId]);
  expect(recalled()).toBe(false);
});

function freeze<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value) || ArrayBuffer.isView(value))
    return value;
  Object.freeze(value);
  for (const each of Object.values(value)) freeze(each);
  return value;
}

test('a decision changes nothing of the customer that is remembered', async () => {
  running.use({
    actions: [actionOf('offer', { contextWeights: [] })],
    policies: { contact: { limits: [{ name: 'nine', max: 9, window: '7d' }] } },
  });
  const customerId = await running.customer('frozen', { age: 40, consent: { email: true } });
  await running.send({
    type: 'track',
    userId: 'frozen',
    name: 'Product Viewed',
    properties: { product_id: 'p' },
  });
  const document = freeze(await found(customerId));
  const asked = { customer: { customerId }, channel: 'agent', slots: 1, context: {} };
  expect((await decideFor(running.engine, asked, 'test'))?.actions).toHaveLength(1);
  expect(document.reserved).toEqual([]);
  expect((await found(customerId)).reserved).toHaveLength(1);
});

test('a customer whose room can not be written fails alone', async () => {
  const [sound, broken] = [await running.customer('sound'), await running.customer('unsound')];
  await running.store.customers.collection.updateOne(
    { _id: broken as never },
    { $set: { reservedRevision: 'x' } },
  );
  const documents = await Promise.all([sound, broken].map(found));
  const contact = { ...CONTACT, at: running.now(), until: new Date(running.now().getTime() + 1_000) };
  const results = await Promise.allSettled(
    documents.map((document) => reserveContacts(running.store, document, [contact])),
  );
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  expect((await found(sound)).reserved).toEqual([contact]);
});
