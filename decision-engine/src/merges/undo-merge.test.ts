import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CustomerDocument } from '../customers/customer-document.js';
import { findCustomer } from '../customers/find-customer.js';
import { mergeCustomers } from '../customers/merge-customers.js';
import type { CustomerId } from '../customers/profile.js';
import { setConsent } from '../engine/set-permissions.js';
import { recoverIngest } from '../events/ingest-events.js';
import { dyingEngine } from '../journeys/testing/dying-engine.js';
import { startTestEngine, type TestEngine } from '../testing/test-engine.js';
import { beginUndoing, finishUndoing } from './finish-undoing.js';
import type { MergeDocument } from './merge-document.js';
import { viewConflicts, viewMerges } from './view-merges.js';
import { NOT_RECORDED, whyNotUndone } from './why-not-undone.js';

const MINUTE = 60_000;
const ADA = { id: 'agt_ada', name: 'Ada' };

let running: TestEngine;
beforeAll(async () => {
  running = await startTestEngine({ actions: [] });
}, 30_000);
afterAll(() => running.close());

async function found(reference: { readonly userId?: string; readonly anonymousId?: string }) {
  const document = await findCustomer(running.store, reference);
  if (document === null) throw new Error(`Expected ${JSON.stringify(reference)} to be stored`);
  return document;
}

type By = { readonly userId?: string; readonly anonymousId?: string };

async function order(by: By, total: number): Promise<void> {
  running.pass(MINUTE);
  await running.send({
    type: 'track',
    name: 'Order Completed',
    ...by,
    properties: { total, currency: 'GBP' },
  });
}

/** What a profile says, without what differs between any two customers. */
function told({ traits, totals, recent, consent, features, firstSeenAt, lastSeenAt }: CustomerDocument) {
  return { traits, totals, recent, consent, features, firstSeenAt, lastSeenAt };
}

async function mergeOf(absorbedId: string): Promise<MergeDocument> {
  const merge = await running.store.merges
    .findOne({ absorbedId })
    .sort({ at: -1 })
    .lean<MergeDocument | null>();
  if (merge === null) throw new Error(`Expected a merge of ${absorbedId}`);
  return merge;
}

/** A known customer and a visitor who are made one by an event that names both, and then go on as one. */
async function twoInOne(name: string): Promise<{ readonly merge: MergeDocument; readonly before: string[] }> {
  const [userId, anonymousId] = [`${name}-user`, `${name}-visitor`];
  await running.send({ type: 'identify', userId, traits: { email: `${name}@example.com`, tier: 'gold' } });
  await order({ userId }, 10);
  await order({ anonymousId }, 3);
  const visitor = await found({ anonymousId });
  const ids = [(await found({ userId }))._id, visitor._id];
  await running.send({ type: 'track', name: 'Cart Viewed', userId, anonymousId });
  await order({ anonymousId }, 4);
  await order({ userId }, 20);
  expect((await found({ userId })).totals).toMatchObject({ orders: 4, revenue: 37 });
  return { merge: await mergeOf(visitor._id), before: ids };
}

describe('a merge taken apart', () => {
  test('both are as if they had never been one, also for what came in later, and stay so', async () => {
    const { merge, before } = await twoInOne('apart');
    await beginUndoing(running.engine, { mergeId: merge._id, by: ADA, reason: 'a family computer' });
    expect(await finishUndoing(running.engine)).toBe(1);
    const [user, visitor] = [
      await found({ userId: 'apart-user' }),
      await found({ anonymousId: 'apart-visitor' }),
    ];
    expect([user._id, visitor._id]).toEqual(before);
    expect(user).toMatchObject({ totals: { orders: 2, revenue: 30 }, traits: { tier: 'gold' } });
    expect(visitor).toMatchObject({ totals: { orders: 2, revenue: 7 }, traits: {} });
    expect(visitor.recent.map(({ name }) => name)).toEqual(['Order Completed', 'Order Completed']);
    expect(await mergeOf(visitor._id)).toMatchObject({
      state: 'undone',
      undoneBy: ADA,
      undoneAt: running.now(),
      reason: 'a family computer',
    });
    // The same computer again, and even a word that both are one.
    await running.send({
      type: 'track',
      name: 'Cart Viewed',
      userId: 'apart-user',
      anonymousId: 'apart-visitor',
    });
    await running.send({ type: 'alias', userId: 'apart-user', previousId: 'apart-visitor' });
    expect((await found({ anonymousId: 'apart-visitor' }))._id).toBe(visitor._id);
    const conflicts = await viewConflicts(running.store, { customerId: visitor._id, limit: 10 });
    expect(conflicts.map(({ conflict: { identity, reason } }) => ({ identity, reason }))).toEqual([
      { identity: { kind: 'anonymousId', value: 'apart-visitor' }, reason: 'taken-apart' },
    ]);
    // Asked again, nothing happens.
    await beginUndoing(running.engine, { mergeId: merge._id, by: ADA, reason: 'again' });
    expect(await finishUndoing(running.engine)).toBe(0);
  });

  test('wherever the process dies, both come out the same', async () => {
    const results: object[] = [];
    const died: boolean[] = [];
    for (let writes = 0; writes === 0 || died.at(-1) === true; writes += 1) {
      running.setNow(new Date('2026-11-22T12:00:00Z'));
      const name = `dies-${writes}`;
      const { merge } = await twoInOne(name);
      const dying = dyingEngine(running.engine, writes);
      const by = { mergeId: merge._id, by: ADA, reason: '' };
      await beginUndoing(dying.engine, by)
        .then(() => finishUndoing(dying.engine))
        .catch(() => null);
      died.push(dying.died());
      // An event comes before anybody goes on with it, and the next process when the lease is over.
      await order({ anonymousId: `${name}-visitor` }, 5);
      running.pass(2 * MINUTE);
      await recoverIngest(running.store);
      await beginUndoing(running.engine, by);
      await finishUndoing(running.engine);
      const [user, visitor] = await Promise.all([
        found({ userId: `${name}-user` }),
        found({ anonymousId: `${name}-visitor` }),
      ]);
      results.push([user.totals, visitor.totals, visitor.features, visitor.recent]);
    }
    expect(results.length).toBeGreaterThan(10);
    for (const result of results) expect(result).toEqual(results[0]);
    expect(results[0]).toMatchObject({
      0: { orders: 2, revenue: 30 },
      1: { orders: 3, revenue: 12 },
    });
    expect(await running.store.events.countDocuments({ pending: true })).toBe(0);
  }, 30_000);

  test('wherever the process dies while it makes them one, they can be taken apart', async () => {
    const results: unknown[] = [];
    for (let writes = 0, died = true; died; writes += 1) {
      running.setNow(new Date('2026-11-22T12:00:00Z'));
      const [userId, anonymousId] = [`joins-${writes}-user`, `joins-${writes}-visitor`];
      await order({ userId }, 10);
      await order({ anonymousId }, 3);
      const visitor = await found({ anonymousId });
      const dying = dyingEngine(running.engine, writes);
      const both = {
        type: 'track',
        name: 'Cart Viewed',
        userId,
        anonymousId,
        messageId: `both ${writes}`,
      } as const;
      await running.send(both, dying.engine).catch(() => null);
      died = dying.died();
      await recoverIngest(running.store);
      // The sender sends again what was not answered.
      await running.send(both);
      const { _id: mergeId } = await mergeOf(visitor._id);
      await beginUndoing(running.engine, { mergeId, by: ADA, reason: '' });
      expect(await finishUndoing(running.engine)).toBe(1);
      results.push([(await found({ userId })).totals, (await found({ anonymousId })).totals]);
    }
    expect(results.length).toBeGreaterThan(10);
    for (const result of results) expect(result).toMatchObject([{ revenue: 10 }, { revenue: 3 }]);
  }, 30_000);

  test('it makes the profiles that the events would have made alone', async () => {
    running.setNow(new Date('2026-11-22T12:00:00Z'));
    await running.send({
      type: 'identify',
      anonymousId: 'alone',
      traits: { language: 'de', consent: { email: true } },
    });
    await order({ anonymousId: 'alone' }, 3);
    const alone = told(await found({ anonymousId: 'alone' }));
    running.setNow(new Date('2026-11-22T12:00:00Z'));
    await running.send({
      type: 'identify',
      anonymousId: 'joined',
      traits: { language: 'de', consent: { email: true } },
    });
    await order({ userId: 'other' }, 99);
    running.setNow(new Date('2026-11-22T12:00:00Z'));
    await order({ anonymousId: 'joined' }, 3);
    const { _id } = await found({ anonymousId: 'joined' });
    await running.send({ type: 'identify', userId: 'other', anonymousId: 'joined', traits: {} });
    await beginUndoing(running.engine, { mergeId: (await mergeOf(_id))._id, by: ADA, reason: '' });
    await finishUndoing(running.engine);
    expect(told(await found({ anonymousId: 'joined' }))).toEqual(alone);
  });

  test('a no that was said while they were one holds for both, a yes only for the one it is with', async () => {
    const { merge, before } = await twoInOne('no');
    const [customerId = '', visitorId = ''] = before;
    const said = { customerId, source: 'preference page', purpose: 'marketing' } as const;
    await setConsent(running.engine, { ...said, channel: 'sms', state: 'denied' });
    await setConsent(running.engine, { ...said, channel: 'email', state: 'granted' });
    await setConsent(running.engine, { ...said, channel: 'push', state: 'denied' });
    running.pass(MINUTE);
    await setConsent(running.engine, { ...said, channel: 'push', state: 'granted' });
    await beginUndoing(running.engine, { mergeId: merge._id, by: ADA, reason: '' });
    await finishUndoing(running.engine);
    const stated = ({ consent }: CustomerDocument) =>
      consent.map(({ channel, state }) => `${channel} ${state}`);
    expect(stated(await found({ anonymousId: 'no-visitor' }))).toEqual(['sms denied']);
    expect(new Set(stated(await found({ userId: 'no-user' })))).toEqual(
      new Set(['sms denied', 'email granted', 'push granted']),
    );
    expect(visitorId).toBe((await found({ anonymousId: 'no-visitor' }))._id);
  });

  test('who was merged on is taken out of the last one, with those who came along', async () => {
    await order({ anonymousId: 'chain-1' }, 1);
    await order({ anonymousId: 'chain-2' }, 2);
    await order({ userId: 'chain' }, 4);
    const [first, second] = [
      await found({ anonymousId: 'chain-1' }),
      await found({ anonymousId: 'chain-2' }),
    ];
    // The first becomes part of the second by an address they share, then both of the known one.
    await running.send({ type: 'identify', anonymousId: 'chain-2', traits: { email: 'chain@example.com' } });
    await running.send({ type: 'identify', anonymousId: 'chain-1', traits: { email: 'chain@example.com' } });
    expect((await found({ anonymousId: 'chain-1' }))._id).toBe(second._id);
    await running.send({ type: 'identify', userId: 'chain', anonymousId: 'chain-2', traits: {} });
    await order({ anonymousId: 'chain-1' }, 8);
    expect((await found({ userId: 'chain' })).totals.revenue).toBe(15);
    await beginUndoing(running.engine, { mergeId: (await mergeOf(second._id))._id, by: ADA, reason: '' });
    await finishUndoing(running.engine);
    expect((await found({ userId: 'chain' })).totals.revenue).toBe(4);
    expect((await found({ anonymousId: 'chain-1' })).totals.revenue).toBe(11);
    await beginUndoing(running.engine, { mergeId: (await mergeOf(first._id))._id, by: ADA, reason: '' });
    await finishUndoing(running.engine);
    expect((await found({ anonymousId: 'chain-1' })).totals.revenue).toBe(9);
    expect((await found({ anonymousId: 'chain-2' })).totals.revenue).toBe(2);
  });

  test('who is merged on while it is taken apart gives back all the same', async () => {
    const { merge, before } = await twoInOne('onward');
    const [holderId = '', visitorId = ''] = before;
    await order({ userId: 'onward-next' }, 100);
    const next = await found({ userId: 'onward-next' });
    const { store } = running;
    let merges = 0;
    const identities = new Proxy(store.identities, {
      get: (model, name) => {
        const value: unknown = Reflect.get(model, name);
        if (name !== 'updateMany' || typeof value !== 'function') return value;
        return async (...given: unknown[]): Promise<unknown> => {
          merges += 1;
          if (merges === 1) {
            const because = { messageId: 'onward', eventType: 'alias', identities: [], at: running.now() };
            const both = { absorbed: holderId as CustomerId, survivor: next._id as CustomerId };
            await mergeCustomers(store, { ...both, because });
          }
          return Reflect.apply(value, model, given);
        };
      },
    });
    await beginUndoing(running.engine, { mergeId: merge._id, by: ADA, reason: '' });
    expect(await finishUndoing({ ...running.engine, store: { ...store, identities } })).toBe(1);
    expect(merges).toBeGreaterThan(1);
    await recoverIngest(store);
    const visitor = await found({ anonymousId: 'onward-visitor' });
    expect([visitor._id, visitor.totals.revenue]).toEqual([visitorId, 7]);
    const survivor = await found({ userId: 'onward-user' });
    expect([survivor._id, survivor.totals.revenue]).toEqual([next._id, 130]);
  });

  test('room goes back with what was decided, and what was taken since stays taken', async () => {
    const { merge, before } = await twoInOne('room');
    const [holderId = '', visitorId = ''] = before;
    const { store } = running;
    const theirs = { _id: 'dec_theirs' as never, schemaVersion: 1, customerId: holderId, origin: visitorId };
    await store.decisions.collection.insertOne(theirs);
    await store.customers.updateOne(
      { _id: holderId },
      { $set: { reserved: [{ decisionId: 'dec_theirs' }] } },
    );
    // As a first try left it that was cut off at its beginning; then one was decided for the visitor.
    const ownAgain = { mergedInto: null, reserved: [{ decisionId: 'dec_new' }] };
    await store.customers.updateOne({ _id: visitorId }, { $set: ownAgain });
    await beginUndoing(running.engine, { mergeId: merge._id, by: ADA, reason: '' });
    await finishUndoing(running.engine);
    expect((await found({ anonymousId: 'room-visitor' })).reserved).toEqual([
      { decisionId: 'dec_new' },
      { decisionId: 'dec_theirs' },
    ]);
    expect((await found({ userId: 'room-user' })).reserved).toEqual([]);
  });

  test('one from before merges were recorded is shown and refused; erased customers are, too', async () => {
    const { merge, before } = await twoInOne('old');
    const [customerId = '', visitorId = ''] = before;
    const [seen] = await viewMerges(running.store, customerId);
    expect(seen).toMatchObject({ absorbedId: visitorId, events: 1, decisions: 0, differs: [] });
    expect(seen?.identities).toEqual([{ kind: 'anonymousId', value: 'old-visitor' }]);
    expect(await whyNotUndone(running.store, merge)).toBeNull();
    await running.store.customers.deleteOne({ _id: visitorId });
    expect(await whyNotUndone(running.store, merge)).toMatch(/erased/);
    const again = await twoInOne('older');
    await running.store.merges.deleteOne({ _id: again.merge._id });
    const [unrecorded] = await viewMerges(running.store, again.before[0] ?? '');
    expect(unrecorded).toMatchObject({ absorbedId: again.before[1], record: null });
    expect(NOT_RECORDED).toMatch(/no longer known/);
  });
});
