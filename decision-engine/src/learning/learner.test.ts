import { ActionLearning, LAST_LAYER_SIZE, type OfferView } from '@segue/models';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openTestStore } from '../testing/test-store.js';
import { createLearner, type LearningModel } from './learner.js';
import { learningCollections } from './lesson-documents.js';

const START = new Date('2026-11-01T10:00:00Z');
const DAY = 86_400_000;
const offer = (actionId: string): OfferView => ({
  actionId,
  logit: -2,
  lastLayer: Array.from({ length: LAST_LAYER_SIZE }, (_, i) => i / 4),
});

let opened: Awaited<ReturnType<typeof openTestStore>>;
let now = START;
const warnings: unknown[] = [];

beforeAll(async () => {
  opened = await openTestStore();
});
afterAll(() => opened.close());
beforeEach(async () => {
  now = START;
  warnings.length = 0;
  const { connection } = opened.store;
  for (const name of ['decisions', 'lessons', 'learning', 'events']) {
    await connection.collection(name).deleteMany({});
  }
});

/** A process of its own: its model begins as it was trained, and shares the store. */
async function startProcess(version = 'v1') {
  const learning = new ActionLearning(version, new Map());
  const model: LearningModel = {
    version,
    windowDays: 7,
    positive: ['accepted'],
    learn: (view, yes) => learning.learn(view, yes),
    correct: (view) => learning.correct(view),
    learningState: () => learning.state(),
    restoreLearning: (stored) => learning.restore(stored),
  };
  const log = { warn: (...told: unknown[]) => void warnings.push(told) };
  const learner = createLearner({ store: opened.store, model: () => model, clock: () => now, log });
  await learner.restore(model);
  return { learner, learning, shift: (actionId = 'gift') => learning.adjust(offer(actionId)).shift };
}

async function decide(id: string, actionId = 'gift', settlesAfterDays = 7): Promise<void> {
  const settlesAt = new Date(START.getTime() + settlesAfterDays * DAY);
  const closesAt = new Date(START.getTime() + 7 * DAY);
  const learning = { modelVersion: 'v1', offers: [offer(actionId)], settlesAt, closesAt };
  await opened.store.connection
    .collection<{ _id: string }>('decisions')
    .insertOne({ _id: id, ...{ customerId: 'cus_1', decidedAt: START, learning } });
}

function event(decisionId: string, name: string, actionId = 'gift') {
  const properties = { decision_id: decisionId, action_id: actionId };
  return {
    messageId: `${decisionId} ${name}`,
    type: 'track' as const,
    name,
    timestamp: now,
    properties,
    context: {},
  };
}

async function store(...events: ReturnType<typeof event>[]): Promise<void> {
  await opened.store.connection.collection<{ _id: string }>('events').insertMany(
    events.map(({ messageId, ...rest }) => ({
      ...rest,
      _id: messageId,
      customerId: 'cus_1',
      receivedAt: now,
    })),
  );
}

describe('online learning', () => {
  test('an outcome moves the estimate; told again, it changes nothing', async () => {
    const { learner, learning, shift } = await startProcess();
    await decide('d1');
    await learner.note([event('d1', 'Action Accepted')]);
    const once = shift();
    expect(once).toBeGreaterThan(0.1);
    await learner.note([event('d1', 'Action Accepted'), event('d1', 'Action Accepted')]);
    await learner.note([event('d1', 'Action Rejected')]);
    expect(shift()).toBe(once);
    expect(learning.outcomesOf('gift')).toBe(1);
    expect(warnings).toEqual([]);
  });

  test('after a restart it stands where it stood', async () => {
    const before = await startProcess();
    for (const id of ['d1', 'd2', 'd3']) await decide(id);
    await before.learner.note([event('d1', 'Action Accepted'), event('d2', 'Action Rejected')]);
    await before.learner.note([event('d3', 'Action Rejected')]);
    const after = await startProcess();
    expect(after.learning.state()).toEqual(before.learning.state());
    expect(after.learning.outcomesOf('gift')).toBe(3);
  });

  test('a process that died between its writes is mended, and nothing counts twice', async () => {
    const dying = await startProcess();
    for (const id of ['d1', 'd2']) await decide(id);
    await dying.learner.note([event('d1', 'Action Accepted')]);
    const { lessons } = learningCollections(opened.store.connection);
    // As if it had died before it marked the lesson that the state holds …
    await lessons.updateMany({}, { $set: { pending: true } });
    // … and another before it learned from a lesson it had written down.
    await lessons.create({
      _id: 'd2:gift',
      schemaVersion: 1,
      modelVersion: 'v1',
      offer: offer('gift'),
      yes: true,
      at: now,
      pending: true,
    });
    const { learner, learning } = await startProcess();
    expect(await learner.apply()).toBe(1);
    expect(learning.outcomesOf('gift')).toBe(2);
    expect(await lessons.countDocuments({ pending: true })).toBe(0);
  });

  test('several processes learn side by side, each outcome once, and end alike', async () => {
    const processes = await Promise.all([startProcess(), startProcess(), startProcess()]);
    const ids = Array.from({ length: 30 }, (_, i) => `d${i}`);
    for (const id of ids) await decide(id);
    await Promise.all(
      ids.flatMap((id, i) => {
        const told = [event(id, i % 3 === 0 ? 'Action Accepted' : 'Action Rejected')];
        // Each outcome reaches two of the three.
        return [processes[i % 3], processes[(i + 1) % 3]].map((each) => each?.learner.note(told));
      }),
    );
    for (const { learner } of processes) {
      await learner.apply();
      await learner.refresh();
    }
    const states = processes.map(({ learning }) => learning.state());
    expect(states[0]?.actions['gift']?.outcomes).toBe(30);
    expect(states[1]).toEqual(states[0]);
    expect(states[2]).toEqual(states[0]);
    expect(warnings).toEqual([]);
  });

  test('silence becomes a no when the window is over, and an answer that was missed is caught up', async () => {
    const { learner, learning, shift } = await startProcess();
    for (const id of ['silent', 'missed', 'unseen']) await decide(id);
    await store(event('silent', 'Action Shown'), event('missed', 'Action Shown'));
    await store(event('missed', 'Action Accepted'));
    expect(await learner.settle()).toBe(0);
    now = new Date(START.getTime() + 8 * DAY);
    expect(await learner.settle()).toBe(3);
    // What was never shown teaches nothing.
    expect(learning.outcomesOf('gift')).toBe(2);
    expect(await learner.settle()).toBe(0);
    const settled = shift();
    await learner.note([event('silent', 'Action Accepted')]);
    expect(shift()).toBe(settled);
  });

  test('silence counts once most would have answered, and a late yes takes its place, once and for all processes', async () => {
    const { learner, learning, shift } = await startProcess();
    for (const id of ['late', 'never', 'unseen']) await decide(id, 'gift', 1);
    await store(event('late', 'Action Shown'), event('never', 'Action Shown'));
    now = new Date(START.getTime() + 1.5 * DAY);
    expect(await learner.settle()).toBe(3);
    expect(learning.outcomesOf('gift')).toBe(2);
    const silent = shift();
    expect(silent).toBeLessThan(0);
    now = new Date(START.getTime() + 2 * DAY);
    await learner.note([event('late', 'Action Accepted')]);
    const corrected = shift();
    expect(corrected).toBeGreaterThan(silent + 0.1);
    expect(learning.outcomesOf('gift')).toBe(2);
    await store(event('late', 'Action Accepted'), event('unseen', 'Action Shown'));
    await learner.note([event('late', 'Action Accepted')]);
    expect(shift()).toBe(corrected);
    // The last look, when the window closes: what was shown late has had its time.
    now = new Date(START.getTime() + 7 * DAY);
    expect(await learner.settle()).toBe(3);
    expect(learning.outcomesOf('gift')).toBe(3);
    expect(await learner.settle()).toBe(0);
    const other = await startProcess();
    expect(other.learning.state()).toEqual(learning.state());
  });

  test('a late yes that was not heard is found at the last look', async () => {
    const { learner, learning, shift } = await startProcess();
    await decide('missed', 'gift', 1);
    await store(event('missed', 'Action Shown'));
    now = new Date(START.getTime() + 1.5 * DAY);
    await learner.settle();
    const silent = shift();
    now = new Date(START.getTime() + 3 * DAY);
    await store(event('missed', 'Action Accepted'));
    now = new Date(START.getTime() + 8 * DAY);
    await learner.settle();
    expect(shift()).toBeGreaterThan(silent + 0.1);
    expect(learning.outcomesOf('gift')).toBe(1);
  });

  test('outcomes of another model’s offers are left to that model', async () => {
    const { learner, learning } = await startProcess('v2');
    await decide('d1');
    await learner.note([event('d1', 'Action Accepted')]);
    expect(learning.state().actions).toEqual({});
    const old = await startProcess('v1');
    expect(await old.learner.apply()).toBe(1);
    expect(old.learning.outcomesOf('gift')).toBe(1);
  });
});
