import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the process that holds a folder writes into it. */
export interface Holder {
  readonly pid: number;
  readonly host: string;
  readonly port: number;
  readonly uri: string;
  /** When the process began, as the system tells it: a pid alone may be another process by now. */
  readonly started: string;
}

const FILE = 'server.json';
const LOCK = 'server.lock';

/** The process that holds a folder and is alive, or null. */
export function readHolder(dataDir: string): Holder | null {
  try {
    const holder = JSON.parse(readFileSync(join(dataDir, FILE), 'utf8')) as Holder;
    return isAlive(holder) ? holder : null;
  } catch {
    return null;
  }
}

/**
 * Takes the folder for this process; the returned function gives it back. A lock that a dead process left is taken over.
 * @throws Error naming the pid when another process holds it.
 */
export function takeFolder(dataDir: string): {
  publish(holder: Omit<Holder, 'pid' | 'started'>): void;
  release(): void;
} {
  mkdirSync(dataDir, { recursive: true });
  const path = join(dataDir, LOCK);
  const mine = { pid: process.pid, started: startOf(process.pid) };
  for (let attempt = 0; ; attempt++) {
    try {
      writeFileSync(path, JSON.stringify(mine), { flag: 'wx' });
      break;
    } catch (fault) {
      if (!isTaken(fault)) throw fault;
      const holder = readLock(path);
      if (holder && isAlive(holder) && (holder.pid !== process.pid || held.has(dataDir))) {
        throw new Error(
          `The folder ${dataDir} is in use by process ${holder.pid}. Stop it first, or use another folder.`,
        );
      }
      if (attempt > 10) throw new Error(`The lock ${path} could not be taken.`);
      takeAway(path);
    }
  }
  held.add(dataDir);
  return {
    publish: (holder) => {
      const temporary = join(dataDir, `${FILE}.${process.pid}`);
      writeFileSync(temporary, JSON.stringify({ ...mine, ...holder }));
      renameSync(temporary, join(dataDir, FILE));
    },
    release: () => {
      held.delete(dataDir);
      rmSync(join(dataDir, FILE), { force: true });
      rmSync(path, { force: true });
    },
  };
}

const held = new Set<string>();

/** Moves a stale lock away: of two that try, one succeeds, and the other looks again. */
function takeAway(path: string): void {
  const aside = `${path}.${process.pid}`;
  try {
    renameSync(path, aside);
    rmSync(aside, { force: true });
  } catch {
    // another process took it away
  }
}

function isTaken(fault: unknown): boolean {
  return fault instanceof Error && 'code' in fault && fault.code === 'EEXIST';
}

function readLock(path: string): { pid: number; started: string } | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as { pid: number; started: string };
  } catch {
    return null;
  }
}

function isAlive({ pid, started }: { pid: number; started: string }): boolean {
  try {
    process.kill(pid, 0);
  } catch (fault) {
    if (!(fault instanceof Error && 'code' in fault && fault.code === 'EPERM')) return false;
  }
  const now = startOf(pid);
  return now === '' || started === '' || now === started;
}

/** The start time of a process in clock ticks, where the system tells it (Linux); else the empty text. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const state = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return state[0] === 'Z' ? 'dead' : (state[19] ?? '');
  } catch {
    return '';
  }
}
