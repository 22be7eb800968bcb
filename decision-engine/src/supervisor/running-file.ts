import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const running = z.object({ pid: z.int().positive(), uri: z.string().startsWith('mongodb://') });

/** A `mongod` of ours that runs on a data folder. */
export type RunningMongod = z.infer<typeof running>;

const fileIn = (folder: string) => join(folder, 'segue-running.json');

/** The `mongod` that says it runs on this folder and whose process is still there; `null` where none does. */
export function readRunningMongod(folder: string): RunningMongod | null {
  try {
    const found = running.parse(JSON.parse(readFileSync(fileIn(folder), 'utf8')));
    process.kill(found.pid, 0);
    return found;
  } catch {
    return null;
  }
}

/** Leaves word that a server runs on this folder, whole or not at all. */
export function writeRunningMongod(folder: string, server: RunningMongod): void {
  const beside = `${fileIn(folder)}.${process.pid}`;
  writeFileSync(beside, JSON.stringify(server));
  renameSync(beside, fileIn(folder));
}

export function removeRunningMongod(folder: string): void {
  rmSync(fileIn(folder), { force: true });
}
