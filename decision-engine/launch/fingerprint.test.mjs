import { mkdirSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fingerprint, sourceFiles } from './fingerprint.mjs';

let folder;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'segue finger print-'));
  write('src/a.ts', 'a');
  write('src/deep/b.tsx', 'b');
  write('package.json', '{}');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(path, text) {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

const print = () => fingerprint(folder, sourceFiles(folder));

test('lists what a build can depend on, and nothing else', () => {
  const noise = [
    'node_modules/x/index.js',
    'dist/a.js',
    '.next/BUILD_ID',
    '.turbo/x',
    'docs/x.ts',
    'README.md',
  ];
  for (const path of [...noise, 'src/a.test.ts', 'launch/run.mjs', 'next-env.d.ts', 'x.log'])
    write(path, 'noise');
  expect(sourceFiles(folder)).toEqual(['package.json', 'src/a.ts', 'src/deep/b.tsx']);
});

test('stays the same when nothing but a date changed', () => {
  const before = print();
  utimesSync(join(folder, 'src/a.ts'), new Date(0), new Date(0));
  expect(print()).toBe(before);
});

test.each([
  ['changed', () => write('src/a.ts', 'A')],
  ['added', () => write('src/c.ts', '')],
  ['removed', () => rmSync(join(folder, 'src/a.ts'))],
  ['renamed', () => renameSync(join(folder, 'src/a.ts'), join(folder, 'src/z.ts'))],
])('differs when a file was %s', (_name, act) => {
  const before = print();
  act();
  expect(print()).not.toBe(before);
});

test('bytes that move from one file to the next make a difference', () => {
  const before = print();
  write('src/a.ts', '');
  write('src/deep/b.tsx', 'ab');
  expect(print()).not.toBe(before);
});
