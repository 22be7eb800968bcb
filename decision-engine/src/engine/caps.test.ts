import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ActionInput } from '../catalogue/action.js';
import { actionOf } from '../testing/decision-fixtures.js';
import { startTestEngine, type TestEngine } from '../testing/test-engine.js';
import { expireClaims } from '../usage/expire-claims.js';
import { decideFor, explainFor } from './decide-for.js';
import type { Engine } from './engine.js';
import { giveFeedback } from './give-feedback.js';

const TEN_MINUTES = 600_000;
const GREEDY = { exploration: { default: { strategy: 'greedy' as const } } };
const atOnce = <Result>(count: number, work: (index: number) => Promise<Result>): Promise<Result[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => work(index)));

describe('caps in the running engine', () => {
  let running: TestEngine;
  beforeAll(async () => {
    running = await startTestEngine({ actions: [] });
  }, 30_000);
  afterAll(() => running.close());

  const decide = (engine: Engine, userId: string) =>
    decideFor(engine, { customer: { userId }, channel: 'agent', slots: 1, context: {} }, 'test');
  const chosen = async (engine: Engine, userId: string): Promise<string | undefined> =>
    (await decide(engine, userId))?.actions[0]?.actionId;
  const usageOf = (actionId: string) => running.store.usage.findById(actionId).lean();

  test('a limit per customer holds under 64 decisions at once, made by two processes', async () => {
    running.use({
      actions: [actionOf('a'), actionOf('b', { startingPropensity: 0.01 })],
      policies: { ...GREEDY, contact: { limits: [{ name: 'three a week', max: 3, window: '7d' }] } },
    });
    await running.customer('parallel');
    const other = running.another();
    const made = await atOnce(64, (index) => chosen(index % 2 === 0 ? running.engine : other, 'parallel'));
    expect(made.filter((actionId) => actionId !== undefined)).toEqual(['a', 'a', 'a']);
    expect(await running.store.decisions.countDocuments({ requestedBy: 'test' })).toBe(64);
  });

  test('what was decided and never shown gives its room back', async () => {
    expect(await chosen(running.engine, 'parallel')).toBeUndefined();
    running.pass(TEN_MINUTES + 1);
    expect(await chosen(running.engine, 'parallel')).toBe('a');
  });

  test('what was shown keeps it', async () => {
    const userId = 'shown';
    running.use({
      actions: [actionOf('a')],
      policies: { ...GREEDY, contact: { limits: [{ name: 'once', max: 1, window: '7d' }] } },
    });
    await running.customer(userId);
    const decision = await decide(running.engine, userId);
    await giveFeedback(
      running.engine,
      { decisionId: decision?.decisionId ?? '', actionId: 'a', outcome: 'shown' },
      null,
    );
    running.pass(TEN_MINUTES + 1);
    expect(await chosen(running.engine, userId)).toBeUndefined();
  });

  test('what was decided for a visitor counts when they sign in', async () => {
    running.use({
      actions: [actionOf('a')],
      policies: { ...GREEDY, contact: { limits: [{ name: 'once', max: 1, window: '7d' }] } },
    });
    await running.customer('signs-in');
    await running.send({ type: 'page', name: 'Home', anonymousId: 'visitor' });
    const asked = { customer: { anonymousId: 'visitor' }, channel: 'agent', slots: 1, context: {} };
    expect((await decideFor(running.engine, asked, 'test'))?.actions).toHaveLength(1);
    await running.send({ type: 'identify', userId: 'signs-in', anonymousId: 'visitor' });
    expect(await chosen(running.engine, 'signs-in')).toBeUndefined();
  });

  test.each([
    ['contacts in all', { limits: { totalContacts: 10 } }],
    ['a stock of vouchers', { limits: { totalAcceptances: 10 } }],
    ['a budget, with cents that binary fractions cannot hold', { cost: 0.1, limits: { budget: 1 } }],
  ] satisfies [string, Partial<ActionInput>][])('%s hold for 64 customers at once', async (name, changes) => {
    const actionId = `total-${name.split(' ').at(-1)}`;
    running.use({ actions: [actionOf(actionId, changes)], policies: GREEDY });
    const other = running.another();
    await atOnce(64, (index) => running.customer(`${actionId} ${index}`));
    const made = await atOnce(64, (index) =>
      chosen(index % 2 === 0 ? running.engine : other, `${actionId} ${index}`),
    );
    expect(made.filter((each) => each === actionId)).toHaveLength(10);
    expect(await usageOf(actionId)).toMatchObject({ contacts: 10, acceptances: 10 });
    const record = await explainFor(
      running.engine,
      { customer: { userId: `${actionId} 0` }, channel: 'agent', slots: 1, context: {} },
      { requestedBy: 'test' },
    );
    expect(record?.none).toMatch(/limits/);
  });

  test('a total is given back by a no and by silence, kept by a yes', async () => {
    running.use({
      actions: [actionOf('voucher', { cost: 5, limits: { totalAcceptances: 3, budget: 15 } })],
      policies: GREEDY,
    });
    await atOnce(4, (index) => running.customer(`voucher ${index}`));
    const [yes, no, silent] = [
      await decide(running.engine, 'voucher 0'),
      await decide(running.engine, 'voucher 1'),
      await decide(running.engine, 'voucher 2'),
    ];
    expect(await chosen(running.engine, 'voucher 3')).toBeUndefined();
    const answer = (decisionId: string | undefined, outcome: 'accepted' | 'rejected') =>
      giveFeedback(running.engine, { decisionId: decisionId ?? '', actionId: 'voucher', outcome }, null);
    await answer(yes?.decisionId, 'accepted');
    await answer(no?.decisionId, 'rejected');
    await answer(no?.decisionId, 'rejected');
    expect(silent?.actions).toHaveLength(1);
    expect(await usageOf('voucher')).toMatchObject({ contacts: 3, acceptances: 2, spentMicros: 10_000_000 });
    running.pass(TEN_MINUTES + 1);
    await expireClaims(running.store, running.now());
    await expireClaims(running.store, running.now());
    expect(await usageOf('voucher')).toMatchObject({ contacts: 2, acceptances: 1, spentMicros: 5_000_000 });
    expect(await chosen(running.engine, 'voucher 3')).toBe('voucher');
  });

  test('many that were never shown are given back once each, by whichever of two sweeps was first', async () => {
    const caps = { limits: { totalAcceptances: 90, budget: 900 }, cost: 5 };
    running.use({ actions: [actionOf('swept', caps)], policies: GREEDY });
    await atOnce(40, (index) => running.customer(`swept ${index}`));
    const made = await atOnce(40, (index) => decide(running.engine, `swept ${index}`));
    const accepted = made[7]?.decisionId ?? '';
    await giveFeedback(
      running.engine,
      { decisionId: accepted, actionId: 'swept', outcome: 'accepted' },
      null,
    );
    expect(await usageOf('swept')).toMatchObject({ contacts: 40, acceptances: 40 });
    running.pass(TEN_MINUTES + 1);
    await atOnce(2, () => expireClaims(running.store, running.now()));
    expect(await usageOf('swept')).toMatchObject({ contacts: 1, acceptances: 1, spentMicros: 5_000_000 });
    expect(await running.store.decisions.countDocuments({ claimsDueAt: { $exists: true } })).toBe(0);
    expect(await running.store.decisions.findById(accepted).lean()).toMatchObject({
      claims: [{ state: 'closed', version: 1, held: { acceptances: 1 } }],
    });
  });

  test('a yes after all takes again what a no gave back', async () => {
    running.use({ actions: [actionOf('again', { cost: 5, limits: { budget: 50 } })], policies: GREEDY });
    await running.customer('again');
    const decision = await decide(running.engine, 'again');
    for (const outcome of ['shown', 'rejected', 'accepted'] as const) {
      running.pass(1_000);
      await giveFeedback(
        running.engine,
        { decisionId: decision?.decisionId ?? '', actionId: 'again', outcome },
        null,
      );
    }
    expect(await usageOf('again')).toMatchObject({ contacts: 1, acceptances: 1, spentMicros: 5_000_000 });
  });
});
