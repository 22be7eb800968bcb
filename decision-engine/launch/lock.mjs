import {
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import process from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';

const BEAT_MS = 5_000;
const STALE_MS = 30_000;
const CHILD_MAY_LAST_MS = 10 * 60_000;

/**
 * @typedef {object} Lock
 * @property {(pid: number) => void} working names the program that works under this lock, should we be killed before it
 * @property {() => void} release
 */

/** @typedef {{ pid: number, child?: number }} Holder */

/**
 * Waits until nobody else installs or builds here, and then keeps others out until `release`.
 * A lock whose holder was killed is taken over, once what that holder had started has ended.
 *
 * @param {string} path
 * @param {(message: string) => void} say told once, when there is somebody to wait for
 * @returns {Promise<Lock>}
 */
export async function takeLock(path, say) {
  mkdirSync(dirname(path), { recursive: true });
  let told = false;
  while (!create(path)) {
    const pid = busyWith(path);
    if (pid === undefined) {
      rmSync(path, { force: true });
      continue;
    }
    if (!told) say(`Another Segue command is installing or building here (process ${pid}); waiting for it.`);
    told = true;
    await wait(200);
  }
  const beat = setInterval(() => touch(path), BEAT_MS);
  beat.unref();
  return {
    working: (child) => writeFileSync(path, JSON.stringify({ pid: process.pid, child })),
    release: () => {
      clearInterval(beat);
      rmSync(path, { force: true });
    },
  };
}

/** @param {string} path */
function create(path) {
  try {
    const file = openSync(path, 'wx');
    writeFileSync(file, JSON.stringify({ pid: process.pid }));
    closeSync(file);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

/**
 * The process that holds a lock or goes on working for a holder that was killed; `undefined` where the lock is stale.
 *
 * @param {string} path
 * @returns {number | undefined}
 */
export function busyWith(path) {
  let age;
  let text;
  try {
    age = Date.now() - statSync(path).mtimeMs;
    text = readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
  const holder = parse(text);
  // A lock that was created this moment has no holder written in it yet.
  if (holder === undefined) return age < STALE_MS ? 0 : undefined;
  if (age < STALE_MS && alive(holder.pid)) return holder.pid;
  if (holder.child !== undefined && age < CHILD_MAY_LAST_MS && alive(holder.child)) return holder.child;
  return undefined;
}

/**
 * @param {string} text
 * @returns {Holder | undefined}
 */
function parse(text) {
  try {
    const value = JSON.parse(text);
    return Number.isInteger(value?.pid) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** @param {number} pid */
function alive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** @param {string} path */
function touch(path) {
  const now = new Date();
  try {
    utimesSync(path, now, now);
  } catch {
    // Someone removed the file by hand; the work goes on.
  }
}
