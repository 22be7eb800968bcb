import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Long, MongoClient, UUID } from 'mongodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readRunningStore } from './read-running-store.js';
import { startEmbeddedMongo } from './start-embedded-mongo.js';
import { RawClient } from './testing/raw-client.js';
import { killRounds } from './trials/kill-rounds.js';
import { builtServer, spawnServer } from './trials/spawn-server.js';

const ROUNDS = 4;
const dataDir = mkdtempSync(join(tmpdir(), 'segue-durability-'));
const built = builtServer();

afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

describe.skipIf(built === undefined)('durability (skipped where the server is not built)', () => {
  it(`loses nothing that was acknowledged in ${ROUNDS} rounds of kill -9`, { timeout: 120_000 }, async () => {
    const report = await killRounds({ dataDir: join(dataDir, 'killed'), rounds: ROUNDS, seed: 7 });
    expect(report).toMatchObject({ rounds: ROUNDS, lost: 0, halfDocuments: 0, indexErrors: 0 });
    expect(report.acknowledged).toBeGreaterThan(0);
  });

  it('takes over the folder of a killed process', { timeout: 60_000 }, async () => {
    const folder = join(dataDir, 'stale');
    const server = await spawnServer(folder);
    await expect(readRunningStore(folder)).resolves.toMatchObject({
      pid: server.process.pid,
      uri: server.uri,
    });
    await server.kill();
    await expect(readRunningStore(folder)).resolves.toBeNull();
    const next = await spawnServer(folder);
    expect(next.uri).toContain('mongodb://');
    await next.kill();
  });

  it('refuses a folder that another process holds, with its pid and exit code 1', {
    timeout: 60_000,
  }, async () => {
    const folder = join(dataDir, 'held');
    const server = await spawnServer(folder);
    const second = spawn(process.execPath, [built ?? '', '--port', '0', '--data', folder], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let errors = '';
    second.stderr.on('data', (chunk: Buffer) => {
      errors += chunk.toString();
    });
    const [code] = await once(second, 'exit');
    await server.kill();
    expect(code).toBe(1);
    expect(errors).toContain(`in use by process ${server.process.pid}`);
  });

  it('ends with its parent and ignores SIGINT while the parent lives', { timeout: 60_000 }, async () => {
    const server = await spawnServer(join(dataDir, 'child'));
    server.process.kill('SIGINT');
    const client = await MongoClient.connect(server.uri);
    await client.db('a').collection('b').insertOne({ a: 1 });
    await client.close();
    const gone = once(server.process, 'exit');
    server.process.disconnect();
    expect((await gone)[0]).toBe(0);
  });
});

describe('a folder', () => {
  let folder: string;
  beforeAll(() => {
    folder = join(dataDir, 'reopened');
  });

  it('keeps documents, indexes, options and counts over a restart', async () => {
    const first = await startEmbeddedMongo({ dataDir: folder });
    const client = await MongoClient.connect(first.uri);
    await client.db('shop').createCollection('orders', { validator: { total: { $gte: 0 } } });
    await client.db('shop').collection('orders').createIndex({ number: 1 }, { unique: true });
    await client
      .db('shop')
      .collection('orders')
      .insertMany([
        { number: 1, total: 5 },
        { number: 2, total: 6 },
      ]);
    await client.close();
    await first.close();
    const second = await startEmbeddedMongo({ dataDir: folder });
    const again = await MongoClient.connect(second.uri);
    const orders = again.db('shop').collection('orders');
    expect(await orders.estimatedDocumentCount()).toBe(2);
    await expect(orders.insertOne({ number: 2, total: 1 })).rejects.toMatchObject({
      code: 11000,
      keyValue: { number: 2 },
    });
    await expect(orders.insertOne({ number: 3, total: -1 })).rejects.toMatchObject({ code: 121 });
    await again.close();
    await second.close();
  });

  it('remembers the last numbered write of a session over a restart', async () => {
    const session = { id: new UUID() };
    const update = {
      update: 'counters',
      updates: [{ q: { _id: 1 }, u: { $inc: { n: 1 } }, upsert: true }],
      lsid: session,
      txnNumber: Long.fromNumber(7),
    };
    const modify = {
      findAndModify: 'counters',
      query: { _id: 1 },
      update: { $inc: { n: 1 } },
      new: true,
      lsid: { id: new UUID() },
      txnNumber: Long.fromNumber(1),
    };
    const send = async (): Promise<unknown[]> => {
      const server = await startEmbeddedMongo({ dataDir: folder });
      const client = await RawClient.connect(server.port);
      const answers: unknown[] = [];
      for (const command of [update, modify, { find: 'counters' }])
        answers.push(await client.ask({ ...command, $db: 'retried' }));
      client.close();
      await server.close();
      return answers;
    };
    const first = await send();
    expect(first[2]).toMatchObject({ cursor: { firstBatch: [{ _id: 1, n: 2 }] } });
    expect(await send()).toEqual(first);
  });

  it('is refused to a second server in the same process', async () => {
    const first = await startEmbeddedMongo({ dataDir: folder });
    await expect(startEmbeddedMongo({ dataDir: folder })).rejects.toThrow(`in use by process ${process.pid}`);
    await first.close();
  });
});
