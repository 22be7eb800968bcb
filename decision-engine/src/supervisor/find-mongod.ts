import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access, readdir } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const ANSWERS_WITHIN_MS = 5_000;

/** Where a `mongod` may lie. */
export type MongodPlaces = {
  /** The `PATH` variable. */
  readonly path: string;
  /** Folders into which `mongodb-memory-server` downloads, most wanted first. */
  readonly caches: readonly string[];
};

/**
 * Finds a `mongod` that runs on this machine: on the path, else the newest one `mongodb-memory-server` has kept.
 *
 * @returns its file, or `null` where there is none
 */
export async function findMongod(places: MongodPlaces): Promise<string | null> {
  const name = process.platform === 'win32' ? 'mongod.exe' : 'mongod';
  const onPath = places.path
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, name));
  const cached = (await Promise.all(places.caches.map(cachedIn))).flat();
  for (const file of [...onPath, ...cached]) {
    if (await answers(file)) return file;
  }
  return null;
}

async function cachedIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names
    .filter((name) => /^mongod(-|$|\.exe$)/.test(name) && !/\.(lock|tgz|zip|md5)$/.test(name))
    .sort((a, b) => b.localeCompare(a, 'en', { numeric: true }))
    .map((name) => join(folder, name));
}

/** A file can be there and not run: built for another system, or another C library. */
async function answers(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    await run(file, ['--version'], { timeout: ANSWERS_WITHIN_MS });
    return true;
  } catch {
    return false;
  }
}
