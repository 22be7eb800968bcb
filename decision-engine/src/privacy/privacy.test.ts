import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Call } from '../api/call.js';
import { beginPrivacy, fetchPrivacy } from '../api/calls/privacy.js';
import { NO_NOTE } from '../audit/audited.js';
import { findCustomer } from '../customers/find-customer.js';
import { decideFor } from '../engine/decide-for.js';
import type { Engine } from '../engine/engine.js';
import { giveFeedback } from '../engine/give-feedback.js';
import { assign } from '../inbox/assignments.js';
import { dyingEngine } from '../journeys/testing/dying-engine.js';
import { learningCollections } from '../learning/lesson-documents.js';
import { modelCollections } from '../model-store/model-documents.js';
import { startTestEngine, type TestEngine } from '../testing/test-engine.js';
import { BESIDE_THE_STORE, PERSONAL_DATA, personalCollections } from './personal-data.js';
import type { PrivacyRequestDocument } from './privacy-documents.js';
import { runPrivacyOnce, SETTLE_MS } from './run-privacy.js';

let bed: TestEngine;
beforeAll(async () => {
  bed = await startTestEngine({
    actions: [
      {
        actionId: 'offer',
        name: 'Offer',
        issue: 'sales',
        group: 'offers',
        class: 'promotional',
        value: { type: 'fixed', amount: 10 },
        limits: { totalContacts: 100 },
        treatments: [{ treatmentId: 'offer-web', channel: 'web', title: 'Hello' }],
      },
    ],
  });
  // Opened beside the store, as a running engine does.
  modelCollections(bed.store.connection);
}, 30_000);
afterAll(() => bed.close());

const caller: Call['caller'] = {
  kind: 'agent',
  agent: { agentId: 'agt_1', email: 'root@example.com', name: 'Root', role: 'admin' },
  token: 'ses_1',
  plugin: false,
};

const callOn = (engine: Engine): Call => ({
  engine,
  caller,
  note: NO_NOTE,
  changed: () => {},
  deliveriesWait: () => {},
  privacyWaits: () => {},
});

type Person = { userId: string; email: string; phone: string; name: string };

/** Somebody with something in every collection that holds anything of customers; the words that are theirs. */
async function liveThrough({ userId, email, phone, name }: Person): Promise<string[]> {
  const { store, engine } = bed;
  await bed.send({
    type: 'track',
    anonymousId: `visit-${userId}`,
    name: 'Product Viewed',
    properties: { name },
  });
  await bed.send({
    type: 'identify',
    userId,
    anonymousId: `visit-${userId}`,
    traits: { email, phone, firstName: name, consent: { email: false } },
  });
  const customer = await findCustomer(store, { userId });
  const customerId = customer?._id ?? expect.fail('unknown');
  // Merged into them, with a profile of its own that stays.
  await bed.send({ type: 'identify', anonymousId: `old-${userId}`, traits: { firstName: name } });
  await bed.send({ type: 'alias', userId, previousId: `old-${userId}` });
  const decided = await decideFor(
    engine,
    { customer: { userId }, channel: 'web', slots: 1, context: {} },
    'app:x',
  );
  const { decisionId = '', actions = [] } = decided ?? {};
  expect(actions).toHaveLength(1);
  await giveFeedback(engine, { decisionId, actionId: 'offer', outcome: 'shown', note: name }, null);
  const { lessons } = learningCollections(store.connection);
  const at = bed.now();
  const offer = { actionId: 'offer' };
  await lessons.collection.insertOne({
    _id: `${decisionId}:offer` as never,
    schemaVersion: 1,
    offer,
    yes: true,
    at,
  });
  await store.identityConflicts.collection.insertOne({
    _id: `conflict_${userId}` as never,
    schemaVersion: 1,
    customerId,
    otherId: 'cus_somebody',
    identity: { kind: 'email', value: email },
  });
  const journey = { customerId, journeyId: 'welcome', runId: `run_${userId}`, schemaVersion: 1 };
  await store.journeyRuns.collection.insertOne({
    _id: `run_${userId}` as never,
    ...journey,
    state: { name },
  });
  await store.journeyTasks.collection.insertOne({ _id: `task_${userId}` as never, ...journey, title: name });
  await store.offerCodes.collection.insertOne({
    _id: `CODE${userId}` as never,
    schemaVersion: 1,
    customerId,
    offerId: 'five-off',
    decisionId,
  });
  await assign(store, { customerId, agentId: 'agt_1', now: at, takeOver: false });
  await store.idempotencyKeys.collection.insertOne({
    _id: `key_${userId}` as never,
    answer: JSON.stringify({ customerId, name }),
    expiresAt: new Date(at.getTime() + 86_400_000),
  });
  await store.audit.collection.insertOne({
    _id: engine.newId('aud') as never,
    target: { kind: 'customer', id: customerId, name },
    after: { note: name },
  });
  await store.audit.collection.insertOne({
    _id: engine.newId('aud') as never,
    target: { kind: 'customer', id: 'cus_somebody', name: `taken apart from ${customerId}` },
    after: { customerIds: ['cus_somebody', customerId], reason: name },
  });
  const family = await store.customers.find({ mergedInto: customerId }, { _id: 1 }).lean();
  expect(family.length).toBeGreaterThan(0);
  return [customerId, ...family.map(({ _id }) => _id), decisionId, userId, email, phone, name];
}

/** All that is stored, by collection. */
async function everything(): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const { name } of personalCollections(bed.store)) {
    const documents = await bed.store.connection.collection(name).find({}).toArray();
    found.set(name, JSON.stringify(documents));
  }
  return found;
}

async function whereStillIs(words: readonly string[]): Promise<string[]> {
  return [...(await everything())].flatMap(([name, text]) =>
    words.filter((word) => text.includes(word)).map((word) => `${word} in ${name}`),
  );
}

async function runOut(engine: Engine): Promise<void> {
  while (await runPrivacyOnce(engine));
  bed.pass(SETTLE_MS + 1000);
  while (await runPrivacyOnce(engine));
}

const erase = (userId: string) =>
  beginPrivacy(callOn(bed.engine), { kind: 'erase', customer: { userId }, reason: 'ticket 7' });

const requestOf = (requestId: string) =>
  bed.store.privacyRequests.findById(requestId).lean<PrivacyRequestDocument | null>();

/** Nobody else has any of their words. */
function person(name: string): Person {
  const digits = [...name].map((letter) => letter.charCodeAt(0) % 10).join('');
  return {
    userId: `user-${name}-7719`,
    email: `${name.toLowerCase()}@mail.example`,
    phone: `+44163${digits.padEnd(7, '5').slice(0, 7)}`,
    name,
  };
}

describe('what is personal', () => {
  test('is said of every collection there is', async () => {
    const models = Object.values(bed.store.connection.models).map(({ collection }) => collection.name);
    const stored = await bed.store.connection.listCollections();
    const known = new Set(personalCollections(bed.store).map(({ name }) => name));
    expect([...models, ...stored.map(({ name }) => name)].filter((name) => !known.has(name))).toEqual([]);
    expect(known.size).toBe(Object.keys(PERSONAL_DATA).length + Object.keys(BESIDE_THE_STORE).length);
  });
});

describe('an export', () => {
  test('holds all that is kept of one customer, and nothing of another', async () => {
    const ann = person('Annabellissima');
    const words = await liveThrough(ann);
    const others = await liveThrough(person('Benjaminus'));
    const { requestId } = await beginPrivacy(callOn(bed.engine), {
      kind: 'export',
      customer: { email: ann.email },
      reason: '',
    });
    await expect(fetchPrivacy(callOn(bed.engine), { requestId })).rejects.toThrow('not ready');
    await runOut(bed.engine);
    const { json } = await fetchPrivacy(callOn(bed.engine), { requestId });
    const { collections } = JSON.parse(json) as { collections: Record<string, unknown[]> };
    for (const [name, held] of await everything()) {
      const handling = personalCollections(bed.store).find((each) => each.name === name)?.handling;
      if (handling?.kind !== 'theirs' || name === 'privacyExports') continue;
      expect([name, (collections[name]?.length ?? 0) > 0]).toEqual([name, true]);
      expect(held).toContain('_id');
    }
    for (const word of words) expect(json).toContain(word);
    for (const word of others) expect(json).not.toContain(word);
    expect(json).toContain('propensity');
  });
});

describe('an erasure', () => {
  test('leaves nothing of the customer anywhere, and everything of the others', async () => {
    const ann = person('Annabellissima');
    const words = [ann.userId, ann.email, ann.phone, ann.name];
    const ben = person('Benjaminus');
    const before = await whereStillIs([ben.name, ben.email]);
    expect((await whereStillIs(words)).length).toBeGreaterThan(10);
    const { requestId } = await erase(ann.userId);
    expect((await erase(ann.userId)).requestId).toBe(requestId);
    await runOut(bed.engine);
    expect(await whereStillIs(words)).toEqual([]);
    expect(await whereStillIs([ben.name, ben.email])).toEqual(before);
    expect(await requestOf(requestId)).toMatchObject({
      state: 'done',
      customerIds: [],
      displayName: null,
      counts: { customers: 2, events: expect.any(Number), decisions: expect.any(Number) },
    });
    const usage = await bed.store.usage.findById('offer').lean();
    expect(usage?.contacts).toBeGreaterThanOrEqual(0);
  });

  test('what was under way meanwhile goes with the second look', async () => {
    const cleo = person('Cleopatrina');
    const words = await liveThrough(cleo);
    const { requestId } = await erase(cleo.userId);
    while (await runPrivacyOnce(bed.engine));
    expect((await requestOf(requestId))?.state).toBe('settling');
    const [customerId = ''] = words;
    await bed.store.journeyTasks.collection.insertOne({ _id: 'late' as never, customerId, title: cleo.name });
    bed.pass(SETTLE_MS + 1000);
    while (await runPrivacyOnce(bed.engine));
    expect(await whereStillIs(words)).toEqual([]);
  });

  test('killed after any write, it goes on and ends the same', async () => {
    const dora = person('Doralindina');
    const words = await liveThrough(dora);
    await erase(dora.userId);
    let deaths = 0;
    for (let writes = 1; writes < 200; writes += 1) {
      const dying = dyingEngine(bed.engine, writes % 7);
      await runPrivacyOnce(dying.engine).catch(() => false);
      if (dying.died()) deaths += 1;
      bed.pass(SETTLE_MS + 1000);
    }
    expect(deaths).toBeGreaterThan(20);
    await runOut(bed.engine);
    expect(await whereStillIs(words)).toEqual([]);
  });

  test('who comes back is not advertised to, and what they refused stays refused', async () => {
    const back = await bed.customer('ann-again', { email: person('Doralindina').email.toUpperCase() });
    const customer = await findCustomer(bed.store, { customerId: back });
    expect(customer?.suppressions).toMatchObject([
      { kind: 'legal', classes: ['promotional'], channel: null, source: 'erasure' },
    ]);
    expect(customer?.consent).toMatchObject([{ channel: 'email', purpose: 'marketing', state: 'denied' }]);
    const newcomer = await findCustomer(bed.store, { customerId: await bed.customer('somebody-else', {}) });
    expect(newcomer?.suppressions).toEqual([]);
  });
});
