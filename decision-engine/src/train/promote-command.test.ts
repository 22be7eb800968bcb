import path from 'node:path';
import { PassThrough } from 'node:stream';
import { readArtifact } from '@segue/models';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readPointer } from '../scoring/champions.js';
import { type ScorerWatch, watchScorers } from '../scoring/watch-scorers.js';
import { type ChurnVersions, trainChurnVersions } from '../testing/churn-versions.js';
import { openTestStore } from '../testing/test-store.js';
import { runPromoteCommand } from './promote-command.js';

const log = pino({ level: 'silent' });

let opened: Awaited<ReturnType<typeof openTestStore>>;
let versions: ChurnVersions;
let here: string;

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
  versions = await trainChurnVersions();
  here = versions.modelsFolder;
  await versions.add('a', 0.4);
  await versions.add('b', 0.39);
  await versions.add('c', 0.5);
}, 120_000);
afterAll(async () => {
  await opened.close();
  await versions.remove();
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
    const there = path.join(versions.root, 'there');
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
