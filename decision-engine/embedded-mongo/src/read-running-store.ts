import { resolve } from 'node:path';
import { readHolder } from './storage/lock.js';

/** The server that holds a folder. */
export interface RunningStore {
  readonly pid: number;
  readonly host: string;
  readonly port: number;
  readonly uri: string;
}

/** The server that already holds a data folder, or null when none that is alive does. */
export async function readRunningStore(dataDir: string): Promise<RunningStore | null> {
  const holder = readHolder(resolve(dataDir));
  return holder && { pid: holder.pid, host: holder.host, port: holder.port, uri: holder.uri };
}
