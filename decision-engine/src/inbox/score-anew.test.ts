import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestEngine, type TestEngine } from '../testing/test-engine.js';
import { scoreAnewAfterUpdate } from './score-anew.js';

let stage: TestEngine;
beforeAll(async () => {
  stage = await startTestEngine({ actions: [] });
}, 30_000);
afterAll(() => stage?.close());

test('customers an earlier version scored are scored again, once', async () => {
  const id = await stage.customer('ada');
  const { customers } = stage.store;
  const scored = () => customers.updateOne({ _id: id }, { $set: { scoredAt: stage.now() } });
  const scoredAt = async () => (await customers.findById(id).lean())?.scoredAt;
  await scored();
  await scoreAnewAfterUpdate(stage.store, stage.now());
  expect(await scoredAt()).toBeNull();
  await scored();
  await scoreAnewAfterUpdate(stage.store, stage.now());
  expect(await scoredAt()).toEqual(stage.now());
});
