import { readFileSync } from 'node:fs';
import process from 'node:process';

const LOOK_EVERY_MS = 1_000;

/**
 * Ends this process as a SIGTERM would when the `npm` that runs it is gone. npm starts us through a shell, which does
 * not pass on a signal, and an npm that is killed outright can tell nobody.
 *
 * @param {NodeJS.ProcessEnv} env
 */
export function stopWithNpm(env) {
  if (env.npm_lifecycle_event === undefined) return;
  const before = ancestors();
  const timer = setInterval(() => {
    if (ancestors() === before) return;
    clearInterval(timer);
    process.kill(process.pid, 'SIGTERM');
  }, LOOK_EVERY_MS);
  timer.unref();
}

/** Our parent and, where the system tells it in a file, the parent's parent: the shell and npm. */
function ancestors() {
  return `${process.ppid} ${parentOf(process.ppid)}`;
}

/** @param {number} pid */
function parentOf(pid) {
  try {
    // The second field is the program's name in brackets, which may itself hold spaces and brackets.
    const afterName = readFileSync(`/proc/${pid}/stat`, 'utf8').split(')').at(-1) ?? '';
    return afterName.trim().split(' ')[1] ?? '';
  } catch {
    return '';
  }
}
