import { parseArgs } from 'node:util';
import { keepMongod } from './keep-mongod.js';

// A program of its own: it stands between us and `mongod`, which can't notice by itself that its parent is gone.

const STARTS_WITHIN_MS = 50_000;
const STOPS_WITHIN_MS = 18_000;

const { values } = parseArgs({ options: { mongod: { type: 'string' }, data: { type: 'string' } } });
const { mongod, data } = values;
if (mongod === undefined || data === undefined) throw new Error('Expected --mongod FILE and --data FOLDER');

const server = await keepMongod({
  mongod,
  data,
  startsWithin: STARTS_WITHIN_MS,
  stopsWithin: STOPS_WITHIN_MS,
});
process.on('disconnect', server.stop);
process.on('SIGTERM', server.stop);
process.on('SIGINT', server.stop);
void server.ended.then((problem) => {
  if (problem !== null) process.stderr.write(`${problem}\n`);
  process.exit(problem === null ? 0 : 1);
});

const uri = await server.uri;
if (uri === null) server.stop();
else process.send?.({ type: 'ready', uri });
