import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestStore } from '../../testing/test-store.js';
import { newRun } from '../run/run-state.js';
import { newRunDocument } from '../store/run-document.js';
import { overviewCounts } from './overview-counts.js';

let opened: Awaited<ReturnType<typeof openTestStore>>;
beforeAll(async () => {
  opened = await openTestStore();
}, 30_000);
afterAll(() => opened.close());

const now = new Date('2026-11-22T12:00:00Z');
let made = 0;

async function addRuns(count: number): Promise<void> {
  const documents = Array.from({ length: count }, () => {
    made += 1;
    const at = { runId: `run-${made}`, firstStep: 'a', startedAt: now.getTime(), now: now.getTime() };
    const run = newRun({ ...at, context: {}, messageId: null });
    const entered = { journeyId: 'j', version: 1, customerId: 'c', entryKey: at.runId, messageId: null };
    return newRunDocument(run, { ...entered, now });
  });
  await opened.store.journeyRuns.collection.insertMany(documents as never[]);
}

test('few runs are counted each time; a count of very many serves for a while, and for all who ask at once', async () => {
  let time = 0;
  const count = async (): Promise<number> => {
    const groups = await overviewCounts({ store: opened.store, clock: () => now }, ['j'], () => time);
    return groups.reduce((sum, { runs }) => sum + runs, 0);
  };
  await addRuns(10);
  expect(await count()).toBe(10);
  await addRuns(4_990);
  expect(await Promise.all([count(), count(), count()])).toEqual([5_000, 5_000, 5_000]);
  await addRuns(1);
  time += 3_999;
  expect(await count()).toBe(5_000);
  time += 1;
  expect(await count()).toBe(5_001);
});
