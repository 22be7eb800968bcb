import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { MongoClient } from 'mongodb';
import { type SpawnedServer, spawnServer } from './spawn-server.js';

/** Restart over many documents, memory during a scan of them, and idle connections. Prints JSON. */
const { values } = parseArgs({
  options: {
    restart: { type: 'string', default: '500000' },
    scan: { type: 'string', default: '1000000' },
    idle: { type: 'string', default: '10000' },
  },
});
const dataDir = mkdtempSync(join(tmpdir(), 'segue-large-'));
const report: Record<string, unknown> = { loadBefore: loadavg()[0] };
let server: SpawnedServer | undefined;
try {
  server = await spawnServer(dataDir);
  await fill(server, 0, Number(values.restart));
  await server.kill();
  server = await spawnServer(dataDir);
  const client = await MongoClient.connect(server.uri);
  const before = performance.now();
  const found = await client
    .db('large')
    .collection<{ _id: number }>('items')
    .findOne({ _id: Number(values.restart) - 1 });
  report['restart'] = {
    documents: Number(values.restart),
    afterKillMs: Math.round(server.startMs),
    firstReadMs: Math.round(performance.now() - before),
    found: found !== null,
  };
  await client.close();
  await fill(server, Number(values.restart), Number(values.scan));
  report['scan'] = await scan(server, Number(values.scan));
  report['idle'] = await idle(server, Number(values.idle));
  report['loadAfter'] = loadavg()[0];
  process.stdout.write(`${JSON.stringify(report, null, 1)}\n`);
} finally {
  if (server?.process.exitCode === null) await server.kill();
  rmSync(dataDir, { recursive: true, force: true });
}

async function fill({ uri }: SpawnedServer, from: number, to: number): Promise<void> {
  const client = await MongoClient.connect(uri);
  const items = client.db('large').collection<{ _id: number; key: number; text: string }>('items');
  if (from === 0) await items.createIndex({ key: 1 });
  for (let at = from; at < to; at += 5000) {
    await items.insertMany(
      Array.from({ length: Math.min(5000, to - at) }, (_, i) => ({
        _id: at + i,
        key: (at + i) % 977,
        text: `text of ${at + i} `.repeat(8),
      })),
    );
    process.stderr.write(`\rfilled ${at}`);
  }
  process.stderr.write('\n');
  await client.close();
}

async function scan(target: SpawnedServer, documents: number): Promise<unknown> {
  const client = await MongoClient.connect(target.uri);
  const items = client.db('large').collection('items');
  const before = privateMb(target);
  let [peak, other, asked] = [before, 0, 0];
  const watch = setInterval(() => {
    peak = Math.max(peak, privateMb(target));
    const sent = performance.now();
    asked++;
    items.findOne({ key: 5 }).then(
      () => {
        other = Math.max(other, performance.now() - sent);
      },
      () => undefined,
    );
  }, 200);
  const started = performance.now();
  const none = await items.countDocuments({ text: 'nothing like it' });
  const filterMs = performance.now() - started;
  let read = 0;
  for await (const _ of items.find({}, { batchSize: 1000 })) read++;
  clearInterval(watch);
  await client.close();
  return {
    documents,
    filterMs: Math.round(filterMs),
    none,
    read,
    totalMs: Math.round(performance.now() - started),
    memoryBeforeMb: before,
    memoryPeakMb: peak,
    othersAsked: asked,
    othersSlowestMs: Math.round(other),
  };
}

/** The memory of the server without the pages of the data file, which belong to the system's cache. */
function privateMb({ process: { pid } }: SpawnedServer): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Math.round(Number(/RssAnon:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
}

async function idle(target: SpawnedServer, count: number): Promise<unknown> {
  const port = Number(new URL(target.uri).port);
  const before = privateMb(target);
  const limit = Number(execFileSync('sh', ['-c', 'ulimit -n']).toString());
  const wanted = Math.min(count, limit - 200);
  const sockets: Socket[] = [];
  let refused = 0;
  for (let at = 0; at < wanted; at += 200) {
    await Promise.all(
      Array.from({ length: Math.min(200, wanted - at) }, () => {
        const socket = connect(port, '127.0.0.1');
        sockets.push(socket);
        return new Promise<void>((resolve) => {
          socket.once('connect', resolve);
          socket.once('error', () => {
            refused++;
            resolve();
          });
        });
      }),
    );
  }
  const client = await MongoClient.connect(target.uri);
  const sent = performance.now();
  await client.db('large').collection<{ _id: number }>('items').findOne({ _id: 1 });
  const answerMs = performance.now() - sent;
  const current: unknown = (await client.db('admin').command({ serverStatus: 1 }))['connections'];
  await client.close();
  for (const socket of sockets) socket.destroy();
  return {
    wanted: count,
    limitOfOpenFiles: limit,
    opened: wanted - refused,
    refused,
    connections: current,
    answerMs: Math.round(answerMs),
    memoryBeforeMb: before,
    memoryMb: privateMb(target),
  };
}
