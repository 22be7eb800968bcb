import { spawn } from 'node:child_process';
import { mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { accepts, freePort } from './ports.js';
import { removeRunningMongod, writeRunningMongod } from './running-file.js';

const HOST = '127.0.0.1';
const ASK_EVERY_MS = 50;

export type MongodOptions = {
  /** The program. */
  readonly mongod: string;
  /** Its data folder, made where it is missing; the log lies in it. */
  readonly data: string;
  /** Milliseconds until it must answer. */
  readonly startsWithin: number;
  /** Milliseconds between asking it to stop and killing it. */
  readonly stopsWithin: number;
};

export type KeptMongod = {
  /** Settles with its address once it answers, or with `null` when it ended or did not answer in time. */
  readonly uri: Promise<string | null>;
  /** Settles when it is gone: with `null` after `stop`, else with what happened. */
  readonly ended: Promise<string | null>;
  stop(): void;
};

/** Runs a `mongod` on a free port of this machine and leaves word of it in its data folder. */
export async function keepMongod(options: MongodOptions): Promise<KeptMongod> {
  const { mongod, data } = options;
  mkdirSync(data, { recursive: true });
  const log = join(data, 'mongod.log');
  const output = openSync(log, 'a');
  const port = await freePort(HOST);
  const server = spawn(mongod, ['--dbpath', data, '--port', String(port), '--bind_ip', HOST], {
    stdio: ['ignore', output, output],
  });
  const state = { stopping: false, gone: false };
  const ended = new Promise<string | null>((fulfil) => {
    const settle = (what: string) => {
      state.gone = true;
      removeRunningMongod(data);
      fulfil(state.stopping ? null : `${what}; see ${log}`);
    };
    server.once('error', (error) => settle(`${mongod} could not be started: ${error.message}`));
    server.once('exit', (code, signal) => settle(`mongod ended with ${signal ?? `exit code ${code}`}`));
  });
  const stop = () => {
    if (state.stopping) return;
    state.stopping = true;
    server.kill('SIGTERM');
    setTimeout(() => server.kill('SIGKILL'), options.stopsWithin).unref();
  };
  const answers = async () => {
    const deadline = Date.now() + options.startsWithin;
    while (!state.gone && Date.now() < deadline) {
      if (await accepts(port, HOST)) return true;
      await wait(ASK_EVERY_MS);
    }
    return false;
  };
  const uri = answers().then((did) => {
    if (!did || server.pid === undefined) return null;
    const address = `mongodb://${HOST}:${port}/segue`;
    writeRunningMongod(data, { pid: server.pid, uri: address });
    return address;
  });
  return { uri, ended, stop };
}
