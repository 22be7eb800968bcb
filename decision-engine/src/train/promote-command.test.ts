import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { type CustomerHistory, readArtifact, saveArtifact, trainChurn } from '@segue/models';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readPointer } from '../scoring/champions.js';
import { type ScorerWatch, watchScorers } from '../scoring/watch-scorers.js';
import { openTestStore } from '../testing/test-store.js';
import { runPromoteCommand } from './promote-command.js';

const DAY = 86_400_000;
const START = Date.UTC(2025, 0, 1);
const log = pino({ level: 'silent' });

/** Half order often and stay; half order seldom and stop. */
async function* histories(): AsyncGenerator<CustomerHistory> {
  for (let index = 0; index < 200; index++) {
    const [every, until] = index % 2 === 0 ? [10, 400] : [35, 100];
    const events = [];
    for (let day = (index * 7) % 30; day < until; day += every + ((index * 3) % 5)) {
      const timestamp = new Date(START + day * DAY);
      const messageId = `${index} ${day}`;
      events.push({
        messageId,
        type: 'track' as const,
        name: 'Order Completed',
        timestamp,
        properties: { revenue: 20 },
        context: {},
      });
    }
    yield { customerId: `c${index}`, events };
  }
}

let opened: Awaited<ReturnType<typeof openTestStore>>;
let root: string;
let here: string;
const at = (day: number) => new Date(START + day * DAY);

function estimate(value: number) {
  return { value, low: value * 0.95, high: value * 1.05 };
}

/** A version whose test said so. */
async function version(name: string, logLoss: number): Promise<void> {
  const folder = path.join(here, 'churn', name);
  await cp(path.join(root, 'trained'), folder, { recursive: true });
  const artifact = await readArtifact(folder);
  const metrics = { ...artifact.manifest.metrics, logLoss: estimate(logLoss), ece: estimate(0.02) };
  await saveArtifact({ ...artifact, manifest: { ...artifact.manifest, version: name, metrics } }, folder);
}

async function promote(...argv: string[]): Promise<{ code: number; said: string }> {
  const parts: string[] = [];
  const stream = new PassThrough();
  stream.on('data', (part: Buffer) => parts.push(part.toString()));
  const code = await runPromoteCommand({
    argv: ['--model', 'churn', ...argv],
    modelsFolder: here,
    withConnection: (work) => work(opened.store.connection),
    stdout: stream,
    stderr: stream,
    now: Date.now,
  });
  return { code, said: parts.join('') };
}

/** Milliseconds until the watch serves a version. */
async function servesAfter(watch: ScorerWatch, wanted: string): Promise<number> {
  const began = performance.now();
  await expect.poll(() => watch.current().churn?.version, { timeout: 10_000, interval: 20 }).toBe(wanted);
  return performance.now() - began;
}

beforeAll(async () => {
  opened = await openTestStore();
  root = await mkdtemp(path.join(tmpdir(), 'segue-promote-'));
  here = path.join(root, 'here');
  const { classifier } = await trainChurn({
    histories,
    asOf: at(150),
    testAsOf: at(250),
    horizonDays: 60,
    seed: 1,
    version: 'trained',
    trainedAt: at(400),
    recipe: { members: 2, hidden: 8, layers: 1, maxEpochs: 5 },
    bags: 1,
  });
  await classifier.save(path.join(root, 'trained'));
  await version('a', 0.4);
  await version('b', 0.39);
  await version('c', 0.5);
}, 120_000);
afterAll(async () => {
  await opened.close();
  await rm(root, { recursive: true, force: true });
});

describe('promote, with engines running', () => {
  test('says what is wrong with the command line', async () => {
    expect(await promote('--version', 'z')).toEqual({
      code: 2,
      said: 'No churn model z. There are: a, b, c.\n',
    });
    expect(await promote('--rollback')).toMatchObject({ code: 2 });
    expect(await promote('--version', 'a', '--rollback')).toMatchObject({ code: 2 });
    expect(await promote('--sideways')).toMatchObject({ code: 2 });
  });

  test('the gate, hot reload on two machines, shadow and rollback', async () => {
    const there = path.join(root, 'there');
    const { connection } = opened.store;
    const watches = await Promise.all(
      [here, there].map((folder) => watchScorers({ folder, log, connection })),
    );
    try {
      expect(await promote('--version', 'a')).toMatchObject({ code: 0 });
      for (const watch of watches) await servesAfter(watch, 'a');

      expect(await promote('--version', 'b')).toMatchObject({ code: 0 });
      const waits = await Promise.all(watches.map((watch) => servesAfter(watch, 'b')));
      // Its files came to the other machine through the store.
      expect(await readPointer(there, 'churn')).toMatchObject({ version: 'b', before: ['a'] });
      expect((await readArtifact(path.join(there, 'churn', 'b'))).manifest.version).toBe('b');
      expect(Math.max(...waits)).toBeLessThan(5000);

      const refused = await promote('--version', 'c');
      expect(refused).toEqual({
        code: 3,
        said: 'Not promoted: the log loss of c, 0.5000, is above the interval of b (up to 0.4095). Say --force to promote it all the same.\n',
      });
      expect(await promote('--shadow', 'c')).toMatchObject({ code: 0 });
      await expect
        .poll(() => watches.map((watch) => watch.current().shadow.churn?.version), { timeout: 10_000 })
        .toEqual(['c', 'c']);
      expect(watches.map((watch) => watch.current().churn?.version)).toEqual(['b', 'b']);

      expect((await promote('--list')).said).toBe('a\nb (in force)\nc (scores beside it)\n');
      expect((await promote('--rollback')).said).toBe('The churn model a is in force again; b is not.\n');
      for (const watch of watches) await servesAfter(watch, 'a');
      expect(await promote('--version', 'c', '--force')).toMatchObject({ code: 0 });
      for (const watch of watches) await servesAfter(watch, 'c');
      expect((await promote('--version', 'c')).said).toBe('The churn model c is in force already.\n');
    } finally {
      for (const watch of watches) watch.close();
    }
  });
});
