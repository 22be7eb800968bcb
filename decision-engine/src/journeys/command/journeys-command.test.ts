import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Store } from '../../store/store.js';
import { testChannels } from '../../testing/test-channels.js';
import { openTestStore } from '../../testing/test-store.js';
import { readJourneysArguments, runJourneysCommand } from './journeys-command.js';

let store: Store;
let close: () => Promise<void>;
let folder: string;
beforeAll(async () => {
  ({ store, close } = await openTestStore());
  folder = await mkdtemp(join(tmpdir(), 'segue-journeys-'));
});
afterAll(async () => {
  await close();
  await rm(folder, { recursive: true, force: true });
});

async function run(...argv: string[]): Promise<{ code: number; printed: string; said: string }> {
  const printed: string[] = [];
  const said: string[] = [];
  const args = readJourneysArguments(argv);
  if (args === 'help' || 'problem' in args) throw new Error(JSON.stringify(args));
  const code = await runJourneysCommand(store, args, {
    author: 'ada',
    clock: () => new Date('2026-11-22T12:00:00Z'),
    endpoints: new Map(),
    channels: testChannels([], () => ({ refused: 'nothing is sent here' })),
    print: (line) => void printed.push(line),
    say: (line) => void said.push(line),
  });
  return { code, printed: printed.join('\n'), said: said.join('\n') };
}

test('a file is checked, published, listed and paused', async () => {
  const file = join(folder, 'journey.yaml');
  const steps = '[{ id: pause, type: wait, for: 1h }]';
  await writeFile(
    file,
    `journeyId: test\nname: Test\nentry: { type: event, event: Started }\nsteps: ${steps}\n`,
  );
  expect(await run('validate', file)).toMatchObject({ code: 0, printed: 'test can be published' });
  expect(await run('publish', file)).toMatchObject({ code: 0, printed: 'test is published as version 1' });
  expect(await run('publish', file)).toMatchObject({
    code: 0,
    printed: expect.stringContaining('nothing to publish'),
  });
  expect(await run('state', 'test', 'paused')).toMatchObject({ code: 0 });
  expect((await run('list')).printed).toBe('test@1 (paused): 0 under way, 0 over, 0 failed');
});

test('what is wrong is told with its path', async () => {
  const file = join(folder, 'broken.yaml');
  await writeFile(file, 'journeyId: test\nname: Test\nentry: { type: event, event: Started }\nsteps: []\n');
  expect(await run('validate', file)).toMatchObject({
    code: 1,
    said: expect.stringContaining('Expected "steps"'),
  });
});

test('a playbook is installed with its actions into an empty catalogue', async () => {
  expect(await run('install', 'nothing')).toMatchObject({ code: 1 });
  expect(await run('install', 'order-updates')).toMatchObject({
    code: 0,
    printed: 'order-updates is published as version 1',
  });
  const revision = await store.catalogues.findById(1).lean();
  expect(revision?.actions).toHaveLength(5);
  expect((await run('playbooks')).printed.split('\n')).toHaveLength(18);
});

test.each([
  [['walk'], 'Expected one of validate'],
  [['publish'], 'Expected 1 names after "publish", got 0'],
  [['dry-run', 'x.yaml'], 'Expected --customer'],
])('%j is refused', (argv, problem) => {
  expect(readJourneysArguments(argv)).toEqual({ problem: expect.stringContaining(problem) });
});
