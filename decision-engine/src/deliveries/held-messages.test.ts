import type { Channel } from '@segue/integrations';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { DecisionDocument } from '../decisions/decision-document.js';
import { decideFor } from '../engine/decide-for.js';
import { giveFeedback } from '../engine/give-feedback.js';
import { actionOf } from '../testing/decision-fixtures.js';
import { startTestEngine, type TestCatalogue, type TestEngine } from '../testing/test-engine.js';
import { requestDelivery, requestMessage } from './request-delivery.js';
import { sendDue } from './send-due.js';

const HOUR = 3_600_000;
/** Sunday evening in London. */
const EVENING = new Date('2026-11-22T21:30:00Z');

const treatments = [
  { treatmentId: 'agent', channel: 'agent', title: 'Say it' },
  { treatmentId: 'mail', channel: 'email', title: 'Write it', subject: 'Hello', body: 'Words' },
];
const offer = (actionId: string) => actionOf(actionId, { treatments });
const catalogue = (contact: NonNullable<TestCatalogue['policies']>['contact']): TestCatalogue => ({
  actions: [offer('a'), offer('b')],
  policies: { exploration: { default: { strategy: 'greedy' } }, contact },
});

describe('messages that may not leave yet', () => {
  let running: TestEngine;
  let sent: string[] = [];
  let ids = 0;
  const email: Channel = {
    definition: { id: 'email', name: 'E-mail', addressKind: 'email', needs: ['subject', 'text'], fields: [] },
    send: (message) => {
      sent.push(message.to);
      return Promise.resolve({ status: 'sent', providerMessageId: message.deliveryId });
    },
    close: () => Promise.resolve(),
  };
  beforeAll(async () => {
    running = await startTestEngine({ actions: [] }, { email, now: EVENING });
  }, 30_000);
  afterAll(() => running.close());
  beforeEach(() => {
    sent = [];
    running.setNow(EVENING);
  });

  async function decided(
    userId = `mail-${ids++}`,
  ): Promise<{ decisionId: string; to: string; userId: string }> {
    const to = `${userId}@example.com`;
    await running.customer(userId, { email: to, timezone: 'Europe/London', consent: { email: true } });
    const decision = await decideFor(
      running.engine,
      { customer: { userId }, channel: 'agent', slots: 2, context: {} },
      'test',
    );
    return { decisionId: decision?.decisionId ?? '', to, userId };
  }
  async function stored(decisionId: string): Promise<DecisionDocument['deliveries']> {
    const decision = await running.store.decisions.findById(decisionId).lean<DecisionDocument | null>();
    return decision?.deliveries ?? [];
  }
  const ask = (decisionId: string, actionId = 'a') =>
    requestDelivery(running.engine, { decisionId, actionId });

  test('held in quiet hours, sent when they end, once', async () => {
    running.use(
      catalogue({
        quietHours: [
          { name: 'night', from: '21:00', to: '08:00', appliesTo: { channels: ['email'] as never } },
        ],
      }),
    );
    const { decisionId, to } = await decided();
    expect((await ask(decisionId)).kind).toBe('held');
    expect(await stored(decisionId)).toMatchObject([
      { state: 'held', dueAt: new Date('2026-11-23T08:00:00Z'), detail: expect.stringContaining('night') },
    ]);
    running.pass(HOUR);
    expect(await sendDue(running.engine)).toBe(0);
    running.setNow(new Date('2026-11-23T08:00:00Z'));
    await Promise.all([sendDue(running.engine), sendDue(running.another())]);
    expect(sent).toEqual([to]);
    expect(await stored(decisionId)).toMatchObject([{ state: 'sent', attempts: 1 }]);
  });

  test('consent withdrawn while it is held: nothing leaves, and its room is given back', async () => {
    running.use(
      catalogue({
        quietHours: [
          { name: 'night', from: '21:00', to: '08:00', appliesTo: { channels: ['email'] as never } },
        ],
        limits: [
          { name: 'one mail a week', max: 1, window: '7d', appliesTo: { channels: ['email'] as never } },
        ],
      }),
    );
    const { decisionId, userId } = await decided();
    expect((await ask(decisionId)).kind).toBe('held');
    expect((await ask(decisionId, 'b')).kind).toBe('dropped');
    await running.send({ type: 'track', name: 'Unsubscribed', userId });
    running.setNow(new Date('2026-11-23T08:00:00Z'));
    await sendDue(running.engine);
    expect(sent).toEqual([]);
    expect((await stored(decisionId))[0]).toMatchObject({
      state: 'skipped',
      detail: expect.stringContaining('denied (Unsubscribed'),
    });
    await running.send({
      type: 'identify',
      userId,
      timestamp: new Date('2026-11-23T09:00:00Z'),
      traits: { consent: { email: true } },
    });
    running.setNow(new Date('2026-11-23T10:00:00Z'));
    const again = await decided(userId);
    expect((await ask(again.decisionId, 'b')).kind).toBe('queued');
  });

  test('a limit drops or holds as its policy says, and the record tells which', async () => {
    const limit = (otherwise: 'hold' | 'drop') =>
      catalogue({
        limits: [
          {
            name: 'one mail a day',
            max: 1,
            window: '1d',
            otherwise,
            appliesTo: { channels: ['email'] as never },
          },
        ],
      });
    running.use(limit('hold'));
    const { decisionId, to } = await decided();
    expect((await ask(decisionId)).kind).toBe('queued');
    await sendDue(running.engine);
    expect((await ask(decisionId, 'b')).kind).toBe('held');
    expect((await stored(decisionId))[1]).toMatchObject({
      state: 'held',
      dueAt: new Date(EVENING.getTime() + 24 * HOUR),
      detail: 'held: one mail a day: 1 of 1 contacts in 1d used',
    });
    running.pass(24 * HOUR);
    await sendDue(running.engine);
    expect(sent.filter((each) => each === to)).toHaveLength(2);

    running.use(limit('drop'));
    const other = await decided();
    await ask(other.decisionId);
    expect(await ask(other.decisionId, 'b')).toMatchObject({ kind: 'dropped' });
    expect((await stored(other.decisionId))[1]).toMatchObject({ state: 'skipped' });
    await expect(
      requestMessage(running.engine, { decisionId: (await decided()).decisionId, actionId: 'nothing' }),
    ).rejects.toMatchObject({ code: 'action_not_in_decision' });
  });

  test('a cap on e-mails holds for messages asked for at once in two processes', async () => {
    running.use(
      catalogue({
        limits: [
          { name: 'one mail a day', max: 1, window: '1d', appliesTo: { channels: ['email'] as never } },
        ],
      }),
    );
    const { decisionId } = await decided();
    const asked = await Promise.all(
      Array.from({ length: 16 }, (_, index) =>
        requestDelivery(index % 2 === 0 ? running.engine : running.another(), {
          decisionId,
          actionId: index % 4 < 2 ? 'a' : 'b',
        }),
      ),
    );
    expect(asked.map(({ kind }) => kind)).toContain('queued');
    await Promise.all([sendDue(running.engine), sendDue(running.another())]);
    expect(sent).toHaveLength(1);
  });

  test('the yes to an offer does not stop the e-mail that confirms it; a no does', async () => {
    running.use(
      catalogue({
        cooldowns: [
          { name: 'not twice', outcomes: ['accepted'], within: '14d', suppressFor: '14d' },
          { name: 'no is no', outcomes: ['rejected'], within: '30d', suppressFor: '30d' },
        ],
      }),
    );
    const yes = await decided();
    const no = await decided();
    const agent = { agentId: 'ada', name: 'Ada' };
    const answer = (decisionId: string, outcome: 'accepted' | 'rejected') =>
      giveFeedback(running.engine, { decisionId, actionId: 'a', outcome }, agent);
    await answer(yes.decisionId, 'accepted');
    await answer(no.decisionId, 'rejected');
    expect((await ask(yes.decisionId)).kind).toBe('queued');
    expect((await ask(no.decisionId)).kind).toBe('dropped');
    await sendDue(running.engine);
    expect(sent).toEqual([yes.to]);
    await expect(
      requestMessage(running.engine, { decisionId: no.decisionId, actionId: 'b' }),
    ).resolves.toBeDefined();
  });

  test('a sent message is a contact on its own channel', async () => {
    running.use(catalogue({}));
    const { decisionId, userId } = await decided();
    await ask(decisionId);
    await sendDue(running.engine);
    const events = await running.store.events.find({ name: 'Action Shown' }).lean();
    const mine = events.filter(({ properties }) => properties['decision_id'] === decisionId);
    expect(mine.map(({ properties }) => [properties['channel'], properties['treatment_id']])).toEqual([
      ['email', 'mail'],
    ]);
    expect(userId).not.toBe('');
  });
});
