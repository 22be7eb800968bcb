import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addRevision } from '../catalogue-store/catalogue-revisions.js';
import { type RulesInForce, watchRules } from '../catalogue-store/watch-rules.js';
import type { Engine } from '../engine/engine.js';
import type { SegmentInput } from '../segments/segment.js';
import { startTestEngine, type TestEngine } from '../testing/test-engine.js';
import { scoreBatch } from './score-customers.js';

// Two processes on one store, of which one has not yet seen what was published.

let running: TestEngine;
let watched: readonly RulesInForce[];
let engines: readonly Engine[];

const older = (age: number): SegmentInput => ({
  segmentId: 'older',
  name: 'Older',
  when: { field: 'traits.age', op: 'gte', value: age },
});

function publish(age: number): Promise<unknown> {
  const revision = { actions: [], policies: {}, segments: [older(age)], author: 'test', now: running.now() };
  return addRevision(running.store, revision);
}

beforeAll(async () => {
  running = await startTestEngine({ actions: [] });
  await publish(30);
  const watch = () => watchRules({ store: running.store, log: pino({ level: 'silent' }) });
  watched = [await watch(), await watch()];
  engines = watched.map(({ current, reload }) => ({
    ...running.another(),
    rules: current,
    reloadRules: reload,
  }));
}, 30_000);
afterAll(async () => {
  await Promise.all(watched.map((each) => each.close()));
  await running.close();
});

/** Lets each look in turn. @returns how many customers they looked at altogether */
async function lookInTurn(): Promise<number> {
  let looks = 0;
  for (let round = 0; round < 3; round++) {
    for (const engine of engines) looks += (await scoreBatch(engine)).scored;
  }
  return looks;
}

test('a published segment is looked at once for each customer, by whoever sees it first', async () => {
  for (const userId of ['ada', 'ben']) await running.customer(userId, { age: 40 });
  expect(await lookInTurn()).toBe(2);
  await publish(50);
  await watched[0]?.reload();
  expect(await lookInTurn()).toBe(2);
  expect(await running.store.customers.countDocuments({ segments: 'older' })).toBe(0);
});
