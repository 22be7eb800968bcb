import { spawn } from 'node:child_process';
import { mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { accepts, freePort } from './ports.js';
import { removeRunningMongod, writeRunningMongod } from './running-file.js';

// A program of its own: it stands between us and `mongod`, which can't notice by itself that its parent is gone.

const STARTS_WITHIN_MS = 60_000;
const STOPS_WITHIN_MS = 20_000;
const HOST = '127.0.0.1';

const { values } = parseArgs({ options: { mongod: { type: 'string' }, data: { type: 'string' } } });
const { mongod, data } = values;
if (mongod === undefined || data === undefined) throw new Error('Expected --mongod FILE and --data FOLDER');

mkdirSync(data, { recursive: true });
const log = join(data, 'mongod.log');
const port = await freePort(HOST);
const output = openSync(log, 'a');
const server = spawn(mongod, ['--dbpath', data, '--port', String(port), '--bind_ip', HOST], {
  stdio: ['ignore', output, output],
});

let stopping = false;
const stop = () => {
  if (stopping) return;
  stopping = true;
  server.kill('SIGTERM');
  setTimeout(() => server.kill('SIGKILL'), STOPS_WITHIN_MS).unref();
};
process.on('disconnect', stop);
process.on('SIGTERM', stop);
process.on('SIGINT', stop);

server.once('error', (error) => {
  process.stderr.write(`${mongod} could not be started: ${error.message}\n`);
  process.exit(1);
});
server.once('exit', (code, signal) => {
  removeRunningMongod(data);
  if (!stopping) process.stderr.write(`mongod ended (${signal ?? `exit code ${code}`}); see ${log}\n`);
  process.exit(stopping ? 0 : 1);
});

const deadline = Date.now() + STARTS_WITHIN_MS;
while (!(await accepts(port, HOST))) {
  if (Date.now() > deadline) {
    process.stderr.write(`mongod did not answer within ${STARTS_WITHIN_MS / 1000} s; see ${log}\n`);
    stop();
    break;
  }
  await wait(50);
}
if (!stopping && server.pid !== undefined) {
  const uri = `mongodb://${HOST}:${port}/segue`;
  writeRunningMongod(data, { pid: server.pid, uri });
  process.send?.({ type: 'ready', uri });
}
