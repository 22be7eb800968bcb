import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { promoted, readChampion, readPointer, writeChampion } from './champions.js';

const at = new Date('2026-11-01T00:00:00Z');
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'segue-champions-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('nothing is in force at first; then the one that was promoted', async () => {
  expect(await readChampion(folder, 'churn')).toBeNull();
  await writeChampion(folder, { name: 'churn', version: 'a' }, at);
  await writeChampion(folder, { name: 'churn', version: 'b' }, at);
  expect(await readPointer(folder, 'churn')).toEqual({ version: 'b', before: ['a'], shadow: null, at });
});

test('a pointer of the first format is still read', async () => {
  await mkdir(path.join(folder, 'churn'));
  await writeFile(path.join(folder, 'churn', 'champion.json'), '{"format":1,"version":"old"}\n');
  expect(await readPointer(folder, 'churn')).toEqual({
    version: 'old',
    before: [],
    shadow: null,
    at: new Date(0),
  });
});

test('promoting the same again forgets nothing; a shadow that takes over ends', () => {
  const pointer = { version: 'b', before: ['a'], shadow: 'c', at };
  expect(promoted(pointer, 'b', at)).toEqual(pointer);
  expect(promoted(pointer, 'c', at)).toEqual({ version: 'c', before: ['a', 'b'], shadow: null, at });
  expect(promoted(pointer, 'a', at)).toEqual({ version: 'a', before: ['b'], shadow: 'c', at });
});
