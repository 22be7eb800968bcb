import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ModelName } from '../scoring/champions.js';
import { openTestStore } from '../testing/test-store.js';
import { latestDrift } from './drift-note.js';
import { runRetrainCommand } from './retrain-command.js';

let opened: Awaited<ReturnType<typeof openTestStore>>;
beforeAll(async () => {
  opened = await openTestStore();
});
afterAll(() => opened.close());

type Answers = { readonly inForce?: string; readonly trained?: { code: number; version: string | null } };

async function retrain(argv: readonly string[], { inForce, trained }: Answers = {}) {
  const parts: string[] = [];
  const asked: string[] = [];
  let used = 0;
  const stdout = new PassThrough();
  stdout.on('data', (part: Buffer) => parts.push(part.toString()));
  const code = await runRetrainCommand({
    argv,
    modelsFolder: '/nowhere',
    withDatabase: (work) => {
      used += 1;
      return work({
        withStore: (part) => part(opened.store),
        train: async (line) => {
          asked.push(line.join(' '));
          return trained ?? { code: 0, version: 'new' };
        },
      });
    },
    champion: async (_: ModelName) => inForce ?? null,
    stdout,
    stderr: new PassThrough().resume(),
    now: () => Date.UTC(2026, 10, 22),
  });
  return { code, asked, used, out: parts.join('') };
}

describe('retrain', () => {
  test('trains what was never trained, and says whether it is in force', async () => {
    const { code, asked, out } = await retrain(['--model', 'churn', '--if-drifted', '--json'], {
      trained: { code: 0, version: 'new' },
    });
    // It was trained, but nothing says that it is in force.
    expect({ code, asked }).toEqual({ code: 3, asked: ['--model churn --budget 240s --seed 0 --json'] });
    expect(JSON.parse(out)).toEqual({
      models: [
        {
          model: 'churn',
          done: 'refused',
          drift: { model: 'churn', known: false, why: 'no version is in force' },
        },
      ],
    });
  });

  test('does nothing where nothing is known to have drifted', async () => {
    const { code, asked } = await retrain(['--if-drifted'], { inForce: 'old' });
    expect({ code, asked }).toEqual({ code: 0, asked: [] });
  });

  test('without --if-drifted it trains all; with --dry-run none', async () => {
    const all = await retrain([], { inForce: 'new' });
    expect(all.code).toBe(0);
    expect(all.asked).toHaveLength(4);
    expect(await retrain(['--dry-run'])).toMatchObject({ code: 0, asked: [] });
  });

  test('hands on faults, interruptions and a wrong command line', async () => {
    expect(await retrain([], { trained: { code: 2, version: null } })).toMatchObject({ code: 1 });
    expect(await retrain([], { trained: { code: 130, version: null } })).toMatchObject({ code: 130 });
    expect(await retrain(['--model', 'chrn'])).toMatchObject({ code: 2 });
    expect(await retrain(['--often'])).toMatchObject({ code: 2 });
  });

  test('asked to stop, it leaves the models that come after alone', async () => {
    const { asked } = await retrain([], { trained: { code: 130, version: null } });
    expect(asked).toHaveLength(1);
  });

  test('opens the database once, and not for help or a wrong command line', async () => {
    expect((await retrain(['--dry-run'])).used).toBe(1);
    expect(await retrain(['--help'])).toMatchObject({ code: 0, used: 0 });
    expect(await retrain(['--model', 'chrn'])).toMatchObject({ code: 2, used: 0 });
  });

  test('keeps what it measured for the console', async () => {
    await retrain(['--model', 'value', '--dry-run']);
    expect(await latestDrift(opened.store)).toContainEqual({
      model: 'value',
      known: false,
      why: 'no version is in force',
    });
  });
});
