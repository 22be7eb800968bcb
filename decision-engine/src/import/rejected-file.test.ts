import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createRejectedFile } from './rejected-file.js';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'segue-rejected-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const row = { line: 7, reason: 'Expected "date", got "x"', raw: 'a,"b\nc"' };

it('writes a CSV file that a spreadsheet reads back, in a folder it makes', async () => {
  const path = join(folder, 'imports', 'f.rejected.csv');
  const file = createRejectedFile(path);
  await file.write([row]);
  await file.commit();
  expect(await readFile(path, 'utf8')).toBe(
    'line,reason,raw\n7,"Expected ""date"", got ""x""","a,""b\nc"""\n',
  );
  expect(await readdir(join(folder, 'imports'))).toEqual(['f.rejected.csv']);
});

it('leaves nothing where there is nothing to reject, not even an earlier result', async () => {
  const path = join(folder, 'f.rejected.csv');
  const first = createRejectedFile(path);
  await first.write([row]);
  await first.commit();
  const second = createRejectedFile(path);
  await second.write([]);
  await second.commit();
  expect(await readdir(folder)).toEqual([]);
});

it('leaves no half a result when the run fails', async () => {
  const file = createRejectedFile(join(folder, 'f.rejected.csv'));
  await file.write([row]);
  await file.close();
  expect(await readdir(folder)).toEqual([]);
});
