import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openLogFile } from './log-file.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'segue-log-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('goes on where the last run ended', async () => {
  const path = join(folder, 'deep', 'engine.log');
  for (const line of ['first', 'second']) {
    const log = openLogFile(path);
    log.write(line);
    log.close();
  }
  expect(await readFile(path, 'utf8')).toBe('first\nsecond\n');
});

test('a full log is put aside once, so that both together stay within twice the limit', async () => {
  const path = join(folder, 'engine.log');
  const log = openLogFile(path, 10);
  for (const line of ['aaaaaaaaaa', 'bbbbbbbbbb', 'cccccccccc']) log.write(line);
  log.close();
  expect(await readFile(path, 'utf8')).toBe('cccccccccc\n');
  expect(await readFile(`${path}.1`, 'utf8')).toBe('bbbbbbbbbb\n');
});
