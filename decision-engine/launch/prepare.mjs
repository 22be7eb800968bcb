import { join } from 'node:path';
import process from 'node:process';
import { ensureBuilt } from './build.mjs';
import { ensureInstalled } from './install.mjs';
import { takeLock } from './lock.mjs';
import { repositoryRoot } from './repository.mjs';

const lockPath = join(repositoryRoot, '.turbo', 'segue-launch.lock');

/**
 * Makes the repository ready to run: packages installed, then the target built. Says what it does on stderr.
 *
 * @param {import('./build.mjs').BuildTarget} [target] nothing is built without one
 */
export async function prepare(target) {
  const lock = await takeLock(lockPath, (message) => process.stderr.write(`${message}\n`));
  try {
    await ensureInstalled(lock);
    if (target !== undefined) await ensureBuilt(target, lock);
  } finally {
    lock.release();
  }
}
