import type { JsonObject } from '@segue/models';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findCustomer } from '../customers/find-customer.js';
import type { DecisionDocument } from '../decisions/decision-document.js';
import { actionOf } from '../testing/decision-fixtures.js';
import { startTestEngine, type TestEngine } from '../testing/test-engine.js';
import { decideFor } from './decide-for.js';
import { finishOutcomes } from './follow-up-outcomes.js';
import { giveFeedback } from './give-feedback.js';
import { sweepIgnored } from './sweep-ignored.js';

const DAY = 86_400_000;

let running: TestEngine;
beforeAll(async () => {
  running = await startTestEngine({
    actions: [actionOf('offer'), actionOf('care', { group: 'care', value: { type: 'fixed', amount: 1 } })],
    policies: {
      exploration: { default: { strategy: 'greedy' } },
      outcomes: {
        attributionWindow: '2d',
        conversions: [
          { event: 'Order Completed' },
          { event: 'Survey Answered', value: ['score'], groups: ['care'] },
        ],
      },
    },
  });
}, 30_000);
afterAll(() => running.close());

async function shown(userId: string, actionId = 'offer'): Promise<string> {
  await running.customer(userId);
  const decision = await decideFor(
    running.engine,
    { customer: { userId }, channel: 'agent', slots: 2, context: {} },
    'test',
  );
  const decisionId = decision?.decisionId ?? '';
  await giveFeedback(running.engine, { decisionId, actionId, outcome: 'shown' }, null);
  return decisionId;
}
const track = (userId: string, name: string, { messageId, ...properties }: JsonObject = {}) =>
  running.send({
    type: 'track',
    name,
    userId,
    properties,
    ...(typeof messageId === 'string' ? { messageId } : {}),
  });
async function outcomes(decisionId: string): Promise<[string, string, number | null][]> {
  const decision = await running.store.decisions.findById(decisionId).lean<DecisionDocument | null>();
  return (decision?.outcomes ?? []).map(({ actionId, outcome, value }) => [actionId, outcome, value]);
}
const contacts = async (userId: string): Promise<string[]> =>
  ((await findCustomer(running.store, { userId }))?.contacts ?? []).map(
    ({ actionId, outcome }) => `${actionId} ${outcome}`,
  );

test('each outcome enters the decision and the contact history once', async () => {
  const decisionId = await shown('once');
  for (let time = 0; time < 3; time++) {
    await giveFeedback(running.engine, { decisionId, actionId: 'offer', outcome: 'clicked' }, null);
    await giveFeedback(
      running.engine,
      { decisionId, actionId: 'offer', outcome: 'accepted', value: 12, feedbackId: 'mine' },
      null,
    );
  }
  expect(await outcomes(decisionId)).toEqual([
    ['offer', 'shown', null],
    ['offer', 'clicked', null],
    ['offer', 'accepted', 12],
  ]);
  expect(await contacts('once')).toEqual(['offer shown', 'offer clicked', 'offer accepted']);
});

test('an order belongs to the last contact within the window, once, with its worth', async () => {
  const decisionId = await shown('buys');
  running.pass(DAY);
  await track('buys', 'Order Completed', { order_id: '1', total: 80, messageId: 'order-1' });
  await track('buys', 'Order Completed', { order_id: '1', total: 80, messageId: 'order-1' });
  expect(await outcomes(decisionId)).toEqual([
    ['offer', 'shown', null],
    ['offer', 'converted', 80],
  ]);
  expect(await contacts('buys')).toEqual(['offer shown', 'offer converted']);
});

test('not outside the window, not after a no, not to another group', async () => {
  const late = await shown('late');
  const no = await shown('said-no');
  const offered = await shown('surveyed');
  await giveFeedback(running.engine, { decisionId: no, actionId: 'offer', outcome: 'rejected' }, null);
  await track('said-no', 'Order Completed', { total: 80 });
  await track('surveyed', 'Survey Answered', { score: 9 });
  running.pass(2 * DAY);
  await track('late', 'Order Completed', { total: 80 });
  expect(await outcomes(late)).toHaveLength(1);
  expect(await outcomes(no)).toHaveLength(2);
  expect(await outcomes(offered)).toHaveLength(1);
  const cared = await shown('cared-for', 'care');
  await track('cared-for', 'Survey Answered', { score: 9 });
  expect(await outcomes(cared)).toContainEqual(['care', 'converted', 9]);
});

test('what had no answer is ignored after the window; an answer before or after counts instead', async () => {
  const silent = await shown('silent');
  const answered = await shown('answered');
  await giveFeedback(running.engine, { decisionId: answered, actionId: 'offer', outcome: 'rejected' }, null);
  running.pass(3 * DAY - 1);
  await sweepIgnored(running.engine);
  expect(await outcomes(silent)).toHaveLength(1);
  running.pass(1);
  await Promise.all([sweepIgnored(running.engine), sweepIgnored(running.another())]);
  await sweepIgnored(running.engine);
  expect(await outcomes(silent)).toEqual([
    ['offer', 'shown', null],
    ['offer', 'ignored', null],
  ]);
  expect(await outcomes(answered)).toHaveLength(2);
  expect(await contacts('silent')).toEqual(['offer shown', 'offer ignored']);
  await giveFeedback(running.engine, { decisionId: silent, actionId: 'offer', outcome: 'accepted' }, null);
  expect(await contacts('silent')).toEqual(['offer shown', 'offer accepted']);
});

test('an outcome that comes as an event is recorded with its decision', async () => {
  const decisionId = await shown('by-event');
  const told = { decision_id: decisionId, action_id: 'offer', channel: 'agent', group_id: 'offers' };
  await track('by-event', 'Action Clicked', { ...told, messageId: 'click-1' });
  expect(await outcomes(decisionId)).toContainEqual(['offer', 'clicked', null]);
  expect(await contacts('by-event')).toEqual(['offer shown', 'offer clicked']);
  await track('by-event', 'Action Clicked', { ...told, decision_id: 'dec_unknown' });
  expect(await running.store.events.countDocuments({ forOutcomes: true })).toBe(0);
});

test('what a crash left between taking an order in and attributing it is finished', async () => {
  const decisionId = await shown('crashed');
  await track('crashed', 'Order Completed', { total: 33, messageId: 'order-crashed' });
  await running.store.decisions.updateOne(
    { _id: decisionId },
    { $pull: { outcomes: { outcome: 'converted' } } },
  );
  await running.store.events.updateOne({ _id: 'order-crashed' }, { $set: { forOutcomes: true } });
  expect(await finishOutcomes(running.engine)).toBe(0);
  running.pass(60_000);
  expect(await finishOutcomes(running.engine)).toBe(1);
  expect(await finishOutcomes(running.engine)).toBe(0);
  expect(await outcomes(decisionId)).toContainEqual(['offer', 'converted', 33]);
  expect(await contacts('crashed')).toEqual(['offer shown', 'offer converted']);
});
