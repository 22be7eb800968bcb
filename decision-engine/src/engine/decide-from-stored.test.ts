import type { JsonObject } from '@segue/models';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findCustomer } from '../customers/find-customer.js';
import type { DecisionDocument } from '../decisions/decision-document.js';
import { decisionRecordOf } from '../decisions/decision-record.js';
import { bucketOf } from '../experiments/assign-experiments.js';
import { actionOf } from '../testing/decision-fixtures.js';
import { startTestEngine, type TestEngine } from '../testing/test-engine.js';
import { answerAndDecide } from './answer-and-decide.js';
import { decideFor, explainFor } from './decide-for.js';
import { liftSuppression, setConsent, suppress } from './set-permissions.js';

const GREEDY = { exploration: { default: { strategy: 'greedy' as const } } };
const mail = [{ treatmentId: 'mail', channel: 'email', title: 'x', body: 'x' }];

describe('decisions from what is stored', () => {
  let running: TestEngine;
  beforeAll(async () => {
    running = await startTestEngine({ actions: [] });
  }, 30_000);
  afterAll(() => running.close());

  const asked = (userId: string, channel = 'agent', context = {}) => ({
    customer: { userId },
    channel,
    slots: 1,
    context,
  });
  const decide = (userId: string, channel?: string, context?: Record<string, string>) =>
    decideFor(running.engine, asked(userId, channel, context), 'test');
  const chosen = async (...args: Parameters<typeof decide>) => (await decide(...args))?.actions[0]?.actionId;
  const track = (userId: string, name: string, properties: JsonObject = {}) =>
    running.send({ type: 'track', name, userId, properties });
  async function recordOf(decisionId: string | undefined): Promise<DecisionDocument> {
    const stored = await running.store.decisions.findById(decisionId).lean<DecisionDocument | null>();
    return stored ?? expect.fail('the decision is not stored');
  }

  test('explain names the winner that decide then chooses, with what it is made of', async () => {
    const treatments = [{ treatmentId: 'agent', channel: 'agent', title: 'x' }];
    running.use({
      actions: Array.from({ length: 8 }, (_, index) =>
        actionOf(`a${index}`, { startingPropensity: 0.1 + index / 100, treatments }),
      ),
      policies: { contact: { limits: [{ name: 'two a week', per: 'action', max: 2, window: '7d' }] } },
    });
    await running.customer('explained');
    const winners = new Set<string>();
    for (let round = 0; round < 20; round++) {
      const nextId = `dec_${round}`;
      const engine = { ...running.engine, newId: () => nextId };
      const explained = await explainFor(engine, asked('explained'), { requestedBy: 'test' });
      expect(await running.store.decisions.countDocuments({ _id: nextId })).toBe(0);
      const decided = await decideFor(engine, asked('explained'), 'test');
      expect(decided?.actions[0]?.actionId).toBe(explained?.actions[0]?.actionId);
      const record = await recordOf(decided?.decisionId);
      expect(record.candidates).toEqual(JSON.parse(JSON.stringify(explained?.candidates)));
      winners.add(explained?.actions[0]?.actionId ?? 'none');
    }
    // Two of each at most, so that the store has a say in every round; the last ones find nothing.
    expect(winners.size).toBe(9);
  });

  test('the record says what was held until when, and what was dropped', async () => {
    const limit = (actionId: string, otherwise: 'hold' | 'drop') => ({
      name: `${actionId} once a day`,
      max: 0,
      window: '1d',
      otherwise,
      appliesTo: { actions: [actionId] },
    });
    running.use({
      actions: [actionOf('waits'), actionOf('goes'), actionOf('stays')],
      policies: {
        ...GREEDY,
        contact: {
          limits: [limit('goes', 'drop')],
          quietHours: [{ name: 'at noon', from: '00:00', to: '23:59', appliesTo: { actions: ['waits'] } }],
        },
      } as never,
    });
    await running.customer('recorded');
    const decision = await decide('recorded');
    const record = decisionRecordOf(await recordOf(decision?.decisionId), (id) => id);
    const dropped = record.candidates.find(({ actionId }) => actionId === 'goes');
    expect(record.candidates.map((each) => [each.actionId, each.status])).toEqual([
      ['waits', 'held'],
      ['goes', 'out'],
      ['stays', 'qualified'],
    ]);
    expect(dropped?.rules.find(({ passed }) => !passed)).toMatchObject({ effect: 'drop' });
    expect(record.held).toEqual([
      {
        actionId: 'waits',
        treatmentId: 'agent',
        channel: 'agent',
        until: expect.stringMatching(/T23:59:00/),
      },
    ]);
  });

  test('segments are worked out at the decision, and events move customers in and out', async () => {
    running.use({
      actions: [
        actionOf('for-buyers', {
          value: { type: 'fixed', amount: 50 },
          eligibility: [{ name: 'a buyer', when: { field: 'segments', op: 'contains', value: 'buyers' } }],
        }),
        actionOf('for-all'),
      ],
      policies: GREEDY,
      segments: [
        {
          segmentId: 'buyers',
          name: 'Buyers',
          when: { count: 'events', event: 'Order Completed', within: '30d', op: 'gte', value: 1 },
        },
      ],
    });
    await running.customer('buyer');
    expect(await chosen('buyer')).toBe('for-all');
    await track('buyer', 'Order Completed', { order_id: '1', total: 20 });
    expect(await chosen('buyer')).toBe('for-buyers');
  });

  test('suppressions of a group, a channel, everything; lifted again; mandatory passes a pause only', async () => {
    running.use({
      actions: [
        actionOf('offer', { value: { type: 'fixed', amount: 50 } }),
        actionOf('care', { group: 'care' }),
        actionOf('recall', { class: 'mandatory', group: 'safety', treatments: mail }),
      ],
      policies: GREEDY,
    });
    const customerId = await running.customer('suppressed');
    const told = { customerId, source: 'agent Ada' };
    await suppress(running.engine, {
      ...told,
      suppressionId: 'no-offers',
      kind: 'pause',
      groups: ['offers'],
      reason: 'asked for a rest',
    });
    expect(await chosen('suppressed')).toBe('care');
    await suppress(running.engine, {
      ...told,
      suppressionId: 'rest',
      kind: 'pause',
      reason: 'complaint',
      until: new Date(running.now().getTime() + 3_600_000),
    });
    expect(await chosen('suppressed')).toBeUndefined();
    expect(await chosen('suppressed', 'email')).toBe('recall');
    running.pass(3_600_000);
    expect(await chosen('suppressed')).toBe('care');
    await suppress(running.engine, {
      ...told,
      suppressionId: 'register',
      kind: 'legal',
      reason: 'do-not-contact register',
    });
    expect(await chosen('suppressed', 'email')).toBeUndefined();
    running.pass(1_000);
    await liftSuppression(running.engine, { ...told, suppressionId: 'register' });
    await liftSuppression(running.engine, { ...told, suppressionId: 'no-offers' });
    expect(await chosen('suppressed')).toBe('offer');
    expect(
      await suppress(running.engine, {
        ...told,
        customerId: 'cus_nobody',
        suppressionId: 'x',
        kind: 'legal',
        reason: '',
      }),
    ).toBe(false);
  });

  test('an opt-in opens a channel, an objection to profiling leaves rules only', async () => {
    running.use({
      actions: [
        actionOf('mail', { treatments: mail }),
        actionOf('liked', {
          value: { type: 'fixed', amount: 99 },
          treatments: mail,
          suitability: [
            { name: 'in a fair mood', when: { field: 'features.orders_30d', op: 'gte', value: 0 } },
          ],
        }),
      ],
      policies: GREEDY,
    });
    const customerId = await running.customer('opted');
    expect(await chosen('opted', 'email')).toBeUndefined();
    const told = { customerId, source: 'preference page' };
    await setConsent(running.engine, {
      ...told,
      channel: 'email',
      purpose: 'marketing',
      state: 'granted',
      id: 'once',
    });
    await setConsent(running.engine, {
      ...told,
      channel: 'email',
      purpose: 'marketing',
      state: 'granted',
      id: 'once',
    });
    expect(await chosen('opted', 'email')).toBe('liked');
    await setConsent(running.engine, { ...told, channel: '*', purpose: 'profiling', state: 'denied' });
    const decision = await decide('opted', 'email');
    expect(decision?.actions[0]?.actionId).toBe('mail');
    expect((await recordOf(decision?.decisionId)).exploration).toBe('the customer objected to profiling');
    const document = await findCustomer(running.store, { userId: 'opted' });
    expect(document?.consent[0]).toMatchObject({ source: 'preference page', at: expect.any(Date) });
  });

  test('pages, searches and the topic of the conversation move what comes first, in the same session', async () => {
    running.use({
      actions: [
        actionOf('offer', { value: { type: 'fixed', amount: 20 } }),
        actionOf('gift-wrap', {
          contextWeights: [
            {
              name: 'looks for a gift',
              when: { field: 'context.intents', op: 'contains', value: 'gift' },
              percent: 300,
            },
          ],
        }),
        actionOf('returns-help', {
          contextWeights: [
            {
              name: 'on the returns page',
              when: { field: 'context.page', op: 'contains', value: '/returns' },
              percent: 500,
            },
            {
              name: 'talks of a refund',
              when: { field: 'context.topic', op: 'eq', value: 'refund' },
              percent: 900,
            },
          ],
        }),
      ],
      policies: {
        ...GREEDY,
        intents: [
          {
            intent: 'gift',
            when: {
              count: 'events',
              event: 'Products Searched',
              about: 'Gift',
              within: '30m',
              op: 'gte',
              value: 1,
            },
          },
        ],
      },
    });
    await running.customer('visitor');
    await track('visitor', 'Products Searched', { query: 'red boots' });
    expect(await chosen('visitor')).toBe('offer');
    await track('visitor', 'Products Searched', { query: 'a GIFT for mum' });
    const gift = await decide('visitor');
    expect(gift?.actions[0]?.actionId).toBe('gift-wrap');
    expect((await recordOf(gift?.decisionId)).intents).toEqual(['gift']);
    await running.send({
      type: 'page',
      name: 'Returns',
      userId: 'visitor',
      properties: { path: '/help/returns' },
    });
    expect(await chosen('visitor')).toBe('returns-help');
    running.pass(31 * 60_000);
    expect(await chosen('visitor')).toBe('offer');
    await track('visitor', 'Live Chat Conversation Started', { topic: 'refund' });
    expect(await chosen('visitor')).toBe('returns-help');
    await track('visitor', 'Live Chat Conversation Ended', { resolved: true });
    expect(await chosen('visitor')).toBe('offer');
  });

  test('an app that hears a no is answered with the next best on the spot', async () => {
    running.use({
      actions: [actionOf('offer', { value: { type: 'fixed', amount: 20 } }), actionOf('other')],
      policies: {
        ...GREEDY,
        contact: {
          cooldowns: [{ name: 'no is no', outcomes: ['rejected'], within: '30d', suppressFor: '30d' }],
        },
      },
    });
    await running.customer('says-no');
    const first = await decide('says-no');
    const { next } = await answerAndDecide(
      running.engine,
      { decisionId: first?.decisionId ?? '', actionId: 'offer', outcome: 'rejected' },
      { agent: null, requestedBy: 'test' },
    );
    expect(next?.actions.map(({ actionId }) => actionId)).toEqual(['other']);
    const liked = await answerAndDecide(
      running.engine,
      { decisionId: next?.decisionId ?? '', actionId: 'other', outcome: 'clicked' },
      { agent: null, requestedBy: 'test' },
    );
    expect(liked.next).toBeNull();
  });

  describe('experiments', () => {
    const experiment = {
      experimentId: 'express-uplift',
      variants: [
        { variantId: 'control', withhold: ['express'] },
        { variantId: 'treated' },
        { variantId: 'bold', ranking: { factors: { value: false } } },
      ],
    };

    test('control groups, variants with policies of their own, and the exposure is logged once', async () => {
      running.use({
        actions: [
          actionOf('express', { value: { type: 'fixed', amount: 90 } }),
          actionOf('plain', { startingPropensity: 0.3 }),
        ],
        policies: { ...GREEDY, experiments: [experiment] } as never,
      });
      const seen = new Map<string, string>();
      for (let index = 0; index < 12; index++) {
        const userId = `subject-${index}`;
        const customerId = await running.customer(userId);
        const decision = await decide(userId);
        await decide(userId);
        const [assigned] = (await recordOf(decision?.decisionId)).experiments ?? [];
        seen.set(assigned?.variantId ?? 'none', decision?.actions[0]?.actionId ?? 'none');
        const exposures = await running.store.events.find({ customerId, name: 'Experiment Viewed' }).lean();
        expect(exposures.map(({ properties }) => properties['variation_id'])).toEqual([assigned?.variantId]);
      }
      expect(Object.fromEntries(seen)).toEqual({ control: 'plain', treated: 'express', bold: 'plain' });
    });

    test('the global hold-out gets no promotion and is logged too', async () => {
      running.use({
        actions: [actionOf('offer')],
        policies: { ...GREEDY, globalHoldOut: { share: 1 } },
      });
      const customerId = await running.customer('held-out');
      expect(await chosen('held-out')).toBeUndefined();
      const [exposure] = await running.store.events.find({ customerId, name: 'Experiment Viewed' }).lean();
      expect(exposure?.properties).toMatchObject({
        experiment_id: 'global-hold-out:global',
        variation_id: 'held-out',
      });
    });

    test('a visitor keeps their variant when they turn out to be a customer known elsewhere', async () => {
      running.use({
        actions: [actionOf('offer')],
        policies: {
          ...GREEDY,
          experiments: [{ experimentId: 'halves', variants: [{ variantId: 'a' }, { variantId: 'b' }] }],
        } as never,
      });
      const half = (key: string) => bucketOf(key, 'experiment:halves') < 0.5;
      let moved = 0;
      for (let index = 0; index < 6; index++) {
        const [anonymousId, userId] = [`visitor-${index}`, `known-${index}`];
        await running.send({ type: 'page', name: 'Home', anonymousId });
        const before = await decideFor(
          running.engine,
          { customer: { anonymousId }, channel: 'agent', slots: 1, context: {} },
          'test',
        );
        const knownId = await running.customer(userId);
        running.pass(1_000);
        await running.send({ type: 'identify', userId, anonymousId });
        const after = await decide(userId);
        expect(after?.customerId).toBe(knownId);
        const variantOf = async (id: string | undefined) => (await recordOf(id)).experiments?.[0]?.variantId;
        expect(await variantOf(after?.decisionId)).toBe(await variantOf(before?.decisionId));
        if (half(knownId) !== half(before?.customerId ?? '')) moved += 1;
      }
      // Without the sticky key some would have changed sides.
      expect(moved).toBeGreaterThan(0);
    });
  });
});
