import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { busyWith, takeLock } from './lock.mjs';

let folder;
let path;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'segue-lock-'));
  path = join(folder, 'deep', 'lock');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The id of a process that is no more. */
async function deadProcess() {
  const child = spawn(process.execPath, ['--version'], { stdio: 'ignore' });
  await once(child, 'exit');
  return child.pid;
}

test('keeps a second one waiting until the first lets go, and says so once', async () => {
  const first = await takeLock(path, () => {});
  const said = [];
  const order = [];
  const second = takeLock(path, (message) => said.push(message)).then((lock) => {
    order.push('second has it');
    lock.release();
  });
  order.push('first lets go');
  first.release();
  await second;
  expect(order).toEqual(['first lets go', 'second has it']);
  expect(said).toEqual([expect.stringContaining(`process ${process.pid}`)]);
  expect(existsSync(path)).toBe(false);
});

test('a lock whose holder was killed is free', async () => {
  const lock = await takeLock(path, () => {});
  writeFileSync(path, JSON.stringify({ pid: await deadProcess() }));
  expect(busyWith(path)).toBeUndefined();
  lock.release();
});

test('but not while the program it had started goes on', async () => {
  const lock = await takeLock(path, () => {});
  writeFileSync(path, JSON.stringify({ pid: await deadProcess(), child: process.pid }));
  expect(busyWith(path)).toBe(process.pid);
  lock.release();
});

test('a lock that nobody has touched for long is free, whoever has its process id now', async () => {
  const lock = await takeLock(path, () => {});
  const longAgo = new Date(Date.now() - 3_600_000);
  utimesSync(path, longAgo, longAgo);
  expect(busyWith(path)).toBeUndefined();
  lock.release();
});
