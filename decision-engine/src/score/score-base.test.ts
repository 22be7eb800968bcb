import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type CustomerHistory, trainChurn } from '@segue/models';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ingestEvents } from '../events/ingest-events.js';
import { openTestStore } from '../testing/test-store.js';
import { scoreBase } from './score-base.js';
import { readScoreCheckpoint } from './score-checkpoint.js';

const DAY = 86_400_000;
const START = Date.UTC(2026, 0, 1);
const CUSTOMERS = 40;

let opened: Awaited<ReturnType<typeof openTestStore>>;
let folder: string;

function orderDays(index: number): number[] {
  const [every, until] = index % 2 === 0 ? [10, 300] : [35, 90];
  return Array.from({ length: Math.floor(until / every) }, (_, i) => (index % 9) + i * every);
}

async function* histories(): AsyncGenerator<CustomerHistory> {
  for (let index = 0; index < 160; index++) {
    const events = orderDays(index).map((day) => ({
      messageId: `${index} ${day}`,
      type: 'track' as const,
      name: 'Order Completed',
      timestamp: new Date(START + day * DAY),
      properties: { revenue: 20 },
      context: {},
    }));
    yield { customerId: `c${index}`, events };
  }
}

beforeAll(async () => {
  opened = await openTestStore();
  folder = await mkdtemp(path.join(tmpdir(), 'segue-score-'));
  const { classifier } = await trainChurn({
    histories,
    asOf: new Date(START + 120 * DAY),
    testAsOf: new Date(START + 190 * DAY),
    horizonDays: 60,
    seed: 1,
    version: 'v1',
    trainedAt: new Date(START),
    recipe: { members: 2, hidden: 8, layers: 1, maxEpochs: 4 },
    bags: 1,
  });
  await classifier.save(path.join(folder, 'v1'));
  for (let index = 0; index < CUSTOMERS; index++) {
    await ingestEvents(
      opened.store,
      orderDays(index).map((day) => ({
        type: 'track' as const,
        name: 'Order Completed',
        messageId: `m ${index} ${day}`,
        timestamp: new Date(START + day * DAY),
        receivedAt: new Date(START + day * DAY),
        userId: `u-${index}`,
        traits: {},
        properties: { revenue: 20 },
        context: {},
      })),
    );
  }
}, 120_000);
afterAll(async () => {
  await opened.close();
  await rm(folder, { recursive: true, force: true });
});

function options(out: string, stop = new AbortController()) {
  return {
    store: opened.store,
    uri: 'no thread is started from sources',
    model: 'churn' as const,
    version: 'v1',
    folder: path.join(folder, 'v1'),
    out,
    threads: 1,
    batch: 7,
    now: new Date(START + 200 * DAY),
    signal: stop.signal,
    onProgress: () => {},
  };
}

test('scores all, and interrupted goes on as if nothing had happened', async () => {
  const straight = path.join(folder, 'straight.csv');
  expect(await scoreBase(options(straight))).toMatchObject({ rows: CUSTOMERS, before: 0, whole: true });
  const whole = await readFile(straight, 'utf8');
  const lines = whole.trimEnd().split('\n');
  expect(lines).toHaveLength(CUSTOMERS + 1);
  expect(lines[0]).toBe('customer_id,churn_probability');
  expect(new Set(lines).size).toBe(CUSTOMERS + 1);
  expect(await readScoreCheckpoint(straight)).toBeNull();

  const broken = path.join(folder, 'broken.csv');
  const stop = new AbortController();
  const first = await scoreBase({
    ...options(broken, stop),
    onProgress: (done) => {
      if (done >= 14) stop.abort();
    },
  });
  expect(first.whole).toBe(false);
  expect(first.rows).toBeLessThan(CUSTOMERS);
  // A later clock: the run keeps the moment it began with.
  const second = await scoreBase({ ...options(broken), now: new Date(START + 290 * DAY) });
  expect(second).toMatchObject({ rows: CUSTOMERS, before: first.rows, whole: true });
  expect(await readFile(broken, 'utf8')).toBe(whole);
});
