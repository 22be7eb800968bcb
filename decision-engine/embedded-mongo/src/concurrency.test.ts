import { MongoClient } from 'mongodb';
import mongoose from 'mongoose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TemporaryServer, temporaryServer } from './testing/temporary-server.js';

let server: TemporaryServer;
let client: MongoClient;

beforeAll(async () => {
  server = await temporaryServer();
  client = await MongoClient.connect(server.uri, { maxPoolSize: 50 });
});
afterAll(async () => {
  await client.close();
  await server.close();
});

describe('writers at the same time', () => {
  it('1,000 findOneAndUpdate $inc end at exactly 1,000', { timeout: 30_000 }, async () => {
    const counters = client.db('c').collection<{ _id: string; n: number }>('counters');
    const answers = await Promise.all(
      Array.from({ length: 1000 }, () =>
        counters.findOneAndUpdate(
          { _id: 'one' },
          { $inc: { n: 1 } },
          { upsert: true, returnDocument: 'after' },
        ),
      ),
    );
    expect(new Set(answers.map((doc) => doc?.n)).size).toBe(1000);
    expect(await counters.findOne({ _id: 'one' })).toEqual({ _id: 'one', n: 1000 });
  });

  it('a unique index never admits two', { timeout: 30_000 }, async () => {
    const people = client.db('c').collection('people');
    await people.createIndex({ email: 1 }, { unique: true });
    const outcomes = await Promise.allSettled(
      Array.from({ length: 300 }, (_, i) => people.insertOne({ email: `p${i % 10}@example.org` })),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
    expect(await people.countDocuments()).toBe(10);
  });

  it('upserts under contention make one document, through mongoose too', { timeout: 30_000 }, async () => {
    const connection = await mongoose.createConnection(server.uri, { dbName: 'c' }).asPromise();
    const Visit = connection.model(
      'Visit',
      new mongoose.Schema({ key: { type: String, unique: true }, n: Number }),
    );
    await Visit.init();
    await Promise.all(
      Array.from({ length: 200 }, () =>
        Visit.findOneAndUpdate(
          { key: 'home' },
          { $inc: { n: 1 } },
          { upsert: true, returnDocument: 'after' },
        ).exec(),
      ),
    );
    expect(await Visit.find().lean()).toMatchObject([{ key: 'home', n: 200 }]);
    await connection.close();
  });

  it('a numbered write of a session that is sent again is answered again and not done twice', async () => {
    const session = client.startSession();
    const command = {
      update: 'retried',
      updates: [{ q: { _id: 1 }, u: { $inc: { n: 1 } }, upsert: true }],
      txnNumber: 1n,
    };
    const first = await client.db('c').command(command, { session });
    const second = await client.db('c').command(command, { session });
    await session.endSession();
    expect(second).toEqual(first);
    expect(await client.db('c').collection('retried').findOne()).toMatchObject({ n: 1 });
  });

  it('an index is built while others read and write', { timeout: 60_000 }, async () => {
    const items = client.db('c').collection<{ _id: number; n: number; t?: string }>('built');
    const size = 60_000;
    await items.insertMany(Array.from({ length: size }, (_, i) => ({ _id: i, n: i % 100 })));
    let built = false;
    const building = items.createIndex({ n: 1, t: 1 }).then(() => {
      built = true;
    });
    let writes = 0;
    while (!built) {
      await items.updateOne({ _id: (writes * 7919) % size }, { $set: { n: 1000 } });
      await items.deleteOne({ _id: size - 1 - writes });
      await items.insertOne({ _id: size + writes++, n: 1000 });
    }
    await building;
    // Where the build held others up, all but the first round would have come after it.
    expect(writes).toBeGreaterThan(1);
    const all = await items.find().hint({ $natural: 1 }).toArray();
    const found = await items.find({ n: 1000 }).hint({ n: 1, t: 1 }).toArray();
    const ids = (docs: readonly { _id: number }[]): number[] =>
      docs.map(({ _id }) => _id).sort((a, b) => a - b);
    expect(ids(found)).toEqual(ids(all.filter(({ n }) => n === 1000)));
    expect(await items.find().hint({ n: 1, t: 1 }).toArray()).toHaveLength(all.length);
  });

  it('a unique index that cannot be is not there, and its inserts go on', async () => {
    const items = client.db('c').collection('refused');
    await items.insertMany(Array.from({ length: 5000 }, (_, i) => ({ n: i % 4999 })));
    await expect(items.createIndex({ n: 1 }, { unique: true })).rejects.toMatchObject({ code: 11000 });
    expect(await items.indexes()).toHaveLength(1);
    await expect(items.insertOne({ n: 1 })).resolves.toMatchObject({ acknowledged: true });
  });

  it('refuses transactions as a standalone server does', async () => {
    const insert = {
      insert: 't',
      documents: [{ a: 1 }],
      txnNumber: 1n,
      startTransaction: true,
      autocommit: false,
    };
    await expect(client.db('c').command(insert)).rejects.toMatchObject({ code: 20 });
  });
});
