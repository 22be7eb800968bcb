import { expect, test, vi } from 'vitest';
import { openTestStore } from '../testing/test-store.js';
import { DECISION_SCHEMA_VERSION, type DecisionDocument } from './decision-document.js';
import { writeDecision } from './write-decisions.js';

function decision(id: string): DecisionDocument {
  return {
    _id: id,
    schemaVersion: DECISION_SCHEMA_VERSION,
    customerId: 'cus_1',
    channel: 'web',
    placement: null,
    context: {},
    decidedAt: new Date('2026-11-22T12:00:00Z'),
    requestedBy: 'test',
    seed: id,
    actions: [],
    none: 'nothing fits',
    churn: null,
    candidates: { version: 1, rules: [], candidates: [] },
    versions: { policies: 'r1', catalogue: 'r1', models: {} },
    exploration: 'greedy',
    outcomes: [],
    deliveries: [],
  };
}

test('decisions that come while one is written go together, and each is told when it is kept', async () => {
  const { store, close } = await openTestStore();
  try {
    const commands = vi.spyOn(store.decisions.collection, 'insertMany');
    const write = (each: DecisionDocument) => writeDecision(store, each);
    const ids = Array.from({ length: 100 }, (_, index) => `dec_${index}`);
    await Promise.all(ids.map((id) => write(decision(id))));
    expect(await store.decisions.countDocuments()).toBe(100);
    expect(commands.mock.calls.length).toBeLessThan(10);
    const stored = await store.decisions.findById('dec_7').lean();
    expect(stored).toEqual(decision('dec_7'));
  } finally {
    await close();
  }
});

test('one that can not be kept fails alone', async () => {
  const { store, close } = await openTestStore();
  try {
    const write = (each: DecisionDocument) => writeDecision(store, each);
    const results = await Promise.allSettled([
      write(decision('first')),
      write(decision('taken')),
      write({ ...decision('broken'), context: { big: 'x'.repeat(17 * 1024 * 1024) } }),
      write(decision('last')),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
  } finally {
    await close();
  }
});
