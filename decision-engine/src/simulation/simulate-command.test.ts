import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeFolder } from '../catalogue-store/catalogue-folder.js';
import { addRevision, mustParse } from '../catalogue-store/catalogue-revisions.js';
import { NO_SCORERS } from '../scoring/scorers.js';
import { actionOf, on } from '../testing/decision-fixtures.js';
import { startTestEngine, type TestEngine } from '../testing/test-engine.js';
import { readSimulateArguments, runSimulateCommand } from './simulate-command.js';

const before = { actions: [on('web', actionOf('banner'))], policies: {}, segments: [] };
const after = { ...before, actions: [...before.actions, on('web', actionOf('film', { cost: 2 }))] };

describe('the command simulate', () => {
  let engine: TestEngine;
  let folder: string;
  beforeAll(async () => {
    engine = await startTestEngine({ actions: before.actions });
    await addRevision(engine.store, { ...before, author: 'Ada', now: engine.now() });
    for (const name of ['a', 'b', 'c']) await engine.customer(name);
    folder = await mkdtemp(path.join(tmpdir(), 'segue-simulate-'));
    await writeFolder(folder, mustParse(after, 'draft'), 1);
  }, 60_000);
  afterAll(async () => {
    await engine.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function run(...argv: string[]): Promise<{ code: number; out: string[]; err: string }> {
    const args = readSimulateArguments(argv);
    if (args === 'help' || 'problem' in args) throw new Error(JSON.stringify(args));
    const stderr = new PassThrough();
    let err = '';
    stderr.on('data', (part: Buffer) => {
      err += part.toString();
    });
    const out: string[] = [];
    const print = (line: string): void => void out.push(line);
    const around = { scorers: NO_SCORERS, now: engine.now(), print, stderr };
    return { code: await runSimulateCommand(engine.store, args, around), out, err };
  }

  it('tells what the folder would change, and as JSON', async () => {
    const { code, out } = await run(folder, '--channel', 'web', '--slots', '2', '--json');
    expect(code).toBe(0);
    expect(out[0]).toBe('3 customers asked once each');
    expect(
      out
        .find((line) => line.includes('film'))
        ?.split(/\s+/)
        .slice(1),
    ).toEqual(['film', '0', '3', '+3']);
    expect(JSON.parse(out.at(-1) ?? '')).toMatchObject({
      comparison: { actions: [{ name: 'film', draft: 3 }] },
    });
  });

  it('says what is wrong with the folder, the segment or the command line', async () => {
    expect(await run('/nowhere')).toMatchObject({ code: 2, err: expect.stringContaining('no catalogue in') });
    expect(await run(folder, '--segment', 'x')).toMatchObject({
      code: 2,
      err: expect.stringContaining('got "x"'),
    });
    expect(readSimulateArguments(['--slots', '0'])).toEqual({
      problem: 'Expected "--slots" to be a whole number from 1 to 20, got "0"',
    });
    expect(readSimulateArguments(['--what'])).toHaveProperty('problem');
  });
});
