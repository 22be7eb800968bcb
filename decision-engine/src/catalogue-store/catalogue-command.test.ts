import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { DEMO_ACTIONS, DEMO_POLICIES } from '../demo-shop/index.js';
import type { Store } from '../store/store.js';
import { openTestStore } from '../testing/test-store.js';
import { readCatalogueArguments, runCatalogueCommand } from './catalogue-command.js';
import { addRevision, readRevision } from './catalogue-revisions.js';

const now = new Date('2026-11-22T10:00:00Z');

test.each([
  [[], 'Expected "pull", "push" or "diff", got "nothing"'],
  [['push', 'a', 'b'], 'Expected one folder, got "a b"'],
  [['pull', '--revision', 'x'], 'Expected "--revision" to be a whole number from 1, got "x"'],
  [['push', '--revision', '3'], '"--revision" is for pull only'],
  [['push', '--nothing'], expect.stringContaining('--nothing')],
])('%j is refused', (argv, problem) => {
  expect(readCatalogueArguments(argv)).toEqual({ problem });
});

describe('catalogue pull, push, diff', () => {
  let store: Store;
  let close: () => Promise<void>;
  let folder: string;
  let printed: string[];
  let said: string[];
  beforeAll(async () => {
    ({ store, close } = await openTestStore());
  }, 30_000);
  afterAll(() => close());
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'segue-catalogue-'));
    await store.catalogues.deleteMany({});
    await addRevision(store, { actions: DEMO_ACTIONS, policies: DEMO_POLICIES, author: 'demo shop', now });
    return () => rm(folder, { recursive: true, force: true });
  });

  async function run(...argv: string[]): Promise<number> {
    const args = readCatalogueArguments([argv[0] ?? '', folder, ...argv.slice(1)]);
    if (args === 'help' || 'problem' in args) throw new Error(JSON.stringify(args));
    printed = [];
    said = [];
    return runCatalogueCommand(store, args, {
      author: 'ada',
      now,
      print: (line) => printed.push(line),
      say: (line) => said.push(line),
    });
  }
  const change = async (file: string, from: string | RegExp, to: string): Promise<void> => {
    const path = join(folder, file);
    const text = await readFile(path, 'utf8');
    expect(text).toMatch(from);
    await writeFile(path, text.replace(from, to));
  };
  async function firstAction(): Promise<string> {
    const [name = ''] = await readdir(join(folder, 'actions'));
    return `actions/${name}`;
  }

  test('what is pulled is what is in force: no difference, nothing to push', async () => {
    expect(await run('pull')).toBe(0);
    expect((await readdir(join(folder, 'actions'))).length).toBe(DEMO_ACTIONS.length);
    expect(await run('diff')).toBe(0);
    expect(printed).toEqual([]);
    expect(await run('push')).toBe(0);
    expect(said).toEqual(['No change against revision 1: nothing was published.']);
  });

  test('a change is shown, published under its author, and pulled by others', async () => {
    await run('pull');
    const file = await firstAction();
    const actionId = file.slice('actions/'.length, -'.yaml'.length);
    await change(file, /^name: .*$/m, 'name: Another name');
    expect(await run('push', '--dry-run')).toBe(0);
    expect(printed[0]).toMatch(new RegExp(`^~ ${actionId} name: ".*" -> "Another name"$`));
    expect(await run('push', '--note', 'Better words')).toBe(0);
    expect(await readRevision(store, 2)).toMatchObject({ author: 'ada', note: 'Better words' });
    expect(await run('diff')).toBe(0);
    expect(said).toEqual(['No change against revision 2.']);
    expect(await run('pull', '--revision', '1')).toBe(0);
    expect(await run('diff')).toBe(0);
    expect(printed[0]).toMatch(/"Another name" -> /);
  });

  test('what is wrong names its file and path, and nothing is published', async () => {
    await run('pull');
    const file = await firstAction();
    await change(file, /^class: .*$/m, 'class: urgent');
    expect(await run('push')).toBe(2);
    expect(said[0]).toMatch(`${file}: Expected "actions[0].class" to be one of`);
    await change(
      file,
      'class: urgent',
      'class: promotional\neligibility:\n  - { name: x, when: { field: features.odrers, op: exists } }\nx-eligibility:',
    );
    expect(await run('push')).toBe(2);
    await change(file, /^x-eligibility:.*$/m, '');
    await run('push');
    expect(said.join('\n')).toMatch(/^actions\/.*\.yaml: .*actions\[0\]/);
    await writeFile(
      join(folder, 'segments.yaml'),
      '- { segmentId: a, name: A, when: { field: segments, op: contains, value: b } }\n',
    );
    await run('pull', '--force');
    await writeFile(
      join(folder, 'segments.yaml'),
      '- { segmentId: a, name: A, when: { field: segments, op: contains, value: b } }\n',
    );
    expect(await run('push')).toBe(2);
    expect(said).toEqual([
      'segments.yaml: Expected "segments[0].when.field" to be a field of the customer (segments know neither other segments nor the context), got segments',
    ]);
    await writeFile(join(folder, 'segments.yaml'), '- { segmentId: [');
    expect(await run('diff')).toBe(2);
    expect(said[0]).toMatch(/^segments\.yaml: /);
    expect(await readRevision(store, 2)).toBeNull();
  });

  test('a rule that names nothing is warned of', async () => {
    await run('pull');
    await change(
      'policies.yaml',
      /^diversity:/m,
      'levers:\n  - { name: up, percent: 5, appliesTo: { groups: [nobody] } }\ndiversity:',
    );
    expect(await run('diff')).toBe(0);
    expect(said[0]).toMatch('Warning: "policies.levers[0].appliesTo');
  });

  test('nobody overwrites what others published, nor loses what they have not pushed', async () => {
    await run('pull');
    await addRevision(store, { actions: DEMO_ACTIONS.slice(1), policies: DEMO_POLICIES, author: 'Bob', now });
    await change(await firstAction(), /^name: .*$/m, 'name: Mine');
    expect(await run('push')).toBe(1);
    expect(said[0]).toMatch('The catalogue is at revision 2, the folder was pulled at 1.');
    expect(await run('pull')).toBe(1);
    expect(said[0]).toMatch('changes that are not in the catalogue');
    expect(await run('push', '--force')).toBe(0);
    expect(await readRevision(store, 3)).toMatchObject({ author: 'ada' });
  });

  test('an empty folder says how to begin', async () => {
    expect(await run('diff')).toBe(1);
    expect(said[0]).toMatch('Begin with: npm run catalogue -- pull');
  });
});
