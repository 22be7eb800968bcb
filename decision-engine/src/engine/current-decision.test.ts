import { afterAll, beforeAll, expect, test } from 'vitest';
import { findCustomer } from '../customers/find-customer.js';
import { readTimeline } from '../customers/timeline.js';
import { actionOf } from '../testing/decision-fixtures.js';
import { startTestEngine, type TestEngine } from '../testing/test-engine.js';
import { answerAndDecide } from './answer-and-decide.js';
import { currentDecision } from './current-decision.js';

const MINUTE = 60_000;

let running: TestEngine;
beforeAll(async () => {
  running = await startTestEngine({
    actions: [
      actionOf('a'),
      actionOf('b', { value: { type: 'fixed', amount: 5 } }),
      actionOf('basket', {
        value: { type: 'fixed', amount: 100 },
        applicability: [
          { name: 'has a basket', when: { field: 'features.basket_items', op: 'gt', value: 0 } },
        ],
      }),
    ],
    policies: {
      exploration: { default: { strategy: 'greedy' } },
      contact: {
        limits: [{ name: 'one a week', max: 1, window: '7d' }],
        cooldowns: [{ name: 'no is no', outcomes: ['rejected'], within: '30d', suppressFor: '30d' }],
      },
    },
  });
}, 30_000);
afterAll(() => running.close());

async function timeline(customerId: string): Promise<string[]> {
  const { items } = await readTimeline(running.store, {
    customerId,
    cursor: null,
    limit: 50,
    actionName: (id) => id,
  });
  return items.map(({ title }) => title);
}

test('looking again within the hour is one look: one line, one contact, and the card stays', async () => {
  const { engine } = running;
  const customerId = await running.customer('looked-at');
  const first = await currentDecision(engine, customerId);
  for (let look = 0; look < 5; look++) {
    running.pass(8 * MINUTE);
    await running.send({ type: 'page', name: `Page ${look}`, userId: 'looked-at' });
    expect((await currentDecision(engine, customerId))?.actions[0]?.actionId).toBe('a');
  }
  expect((await timeline(customerId)).filter((title) => title.startsWith('Decided'))).toEqual([
    'Decided: Do a',
  ]);
  const document = await findCustomer(running.store, { customerId });
  expect(document?.contacts.map(({ decisionId, outcome }) => [decisionId, outcome])).toEqual([
    [first?.decisionId, 'shown'],
  ]);
});

test('a card that gives way to another within the hour leaves one line too, and its answer still counts', async () => {
  const { engine } = running;
  const customerId = await running.customer('moving');
  await currentDecision(engine, customerId);
  running.pass(MINUTE);
  await running.send({
    type: 'track',
    name: 'Product Added',
    userId: 'moving',
    properties: { product_id: 'p', price: 10, quantity: 1 },
  });
  running.use({
    actions: [actionOf('a'), actionOf('c', { value: { type: 'fixed', amount: 100 } })],
    policies: { exploration: { default: { strategy: 'greedy' } } },
  });
  const next = await currentDecision(engine, customerId);
  expect(next?.actions[0]?.actionId).toBe('c');
  expect((await timeline(customerId)).filter((title) => title.startsWith('Decided'))).toEqual([
    'Decided: Do c',
  ]);
});

test('a no is followed by another card on the spot', async () => {
  const { engine } = running;
  running.use({
    actions: [actionOf('a'), actionOf('b', { value: { type: 'fixed', amount: 5 } })],
    policies: {
      exploration: { default: { strategy: 'greedy' } },
      contact: {
        cooldowns: [{ name: 'no is no', outcomes: ['rejected'], within: '30d', suppressFor: '30d' }],
      },
    },
  });
  const customerId = await running.customer('says-no');
  const shown = await currentDecision(engine, customerId);
  const { next } = await answerAndDecide(
    engine,
    { decisionId: shown?.decisionId ?? '', actionId: 'a', outcome: 'rejected' },
    { agent: null, requestedBy: 'console' },
  );
  expect(next?.actions.map(({ actionId }) => actionId)).toEqual(['b']);
  expect((await currentDecision(engine, customerId))?.decisionId).toBe(next?.decisionId);
});
