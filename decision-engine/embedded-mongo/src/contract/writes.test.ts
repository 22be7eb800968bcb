import type { Collection, Document } from 'mongodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ContractServer, contractServer } from './contract-server.js';

interface Doc extends Document {
  _id: string | number;
  list?: number[];
  tags?: string[];
}

let server: ContractServer;
let docs: Collection<Doc>;

beforeAll(async () => {
  server = await contractServer();
  docs = server.db.collection<Doc>('writes');
});
afterAll(() => server.close());

describe('updates', () => {
  it('set, unset, increment and push', async ({ skip }) => {
    skip(server.isFerretDb, 'FerretDB 1.24 takes no $slice in $push');
    await docs.insertOne({ _id: 'u', n: 1, list: [1], old: true });
    const change: Document = {
      $set: { 'a.b': 1 },
      $unset: { old: '' },
      $inc: { n: 2 },
      $push: { list: { $each: [2, 3], $slice: -2 } },
    };
    const result = await docs.updateOne({ _id: 'u' }, change);
    expect(result).toMatchObject({ matchedCount: 1, modifiedCount: 1 });
    expect(await docs.findOne({ _id: 'u' })).toEqual({ _id: 'u', n: 3, list: [2, 3], a: { b: 1 } });
  });

  it('pull, add to a set, and keep the larger', async () => {
    await docs.insertOne({ _id: 's', tags: ['a', 'b', 'a'], best: 3 });
    const change: Document = { $pull: { tags: 'a' }, $max: { best: 9 } };
    await docs.updateOne({ _id: 's' }, change);
    await docs.updateOne({ _id: 's' }, { $addToSet: { tags: 'b' } });
    expect(await docs.findOne({ _id: 's' })).toEqual({ _id: 's', tags: ['b'], best: 9 });
  });

  it('that change nothing say so', async () => {
    await docs.insertOne({ _id: 'same', a: 1 });
    expect(await docs.updateOne({ _id: 'same' }, { $set: { a: 1 } })).toMatchObject({
      matchedCount: 1,
      modifiedCount: 0,
    });
  });

  it('insert when asked to, with what the filter says', async () => {
    const result = await docs.updateOne(
      { _id: 'new', kind: 'k' },
      { $set: { a: 1 }, $setOnInsert: { first: true } },
      { upsert: true },
    );
    expect(result).toMatchObject({ matchedCount: 0, upsertedCount: 1, upsertedId: 'new' });
    expect(await docs.findOne({ _id: 'new' })).toEqual({ _id: 'new', kind: 'k', a: 1, first: true });
  });

  it('of the element that the filter matched', async ({ skip }) => {
    skip(server.isFerretDb, 'FerretDB 1.24 has neither $elemMatch with fields nor the positional $');
    await docs.insertOne({
      _id: 'pos',
      deliveries: [
        { id: 1, state: 'pending' },
        { id: 2, state: 'pending' },
      ],
    });
    await docs.updateOne(
      { _id: 'pos', deliveries: { $elemMatch: { id: 2, state: 'pending' } } },
      { $set: { 'deliveries.$.state': 'sent' } },
    );
    expect(await docs.findOne({ _id: 'pos' })).toMatchObject({
      deliveries: [{ state: 'pending' }, { state: 'sent' }],
    });
  });

  it('do not change _id', async () => {
    await docs.insertOne({ _id: 'fixed' });
    await expect(docs.updateOne({ _id: 'fixed' }, { $set: { _id: 'other' } })).rejects.toMatchObject({
      code: 66,
    });
  });

  it('that contradict themselves are refused', async () => {
    await docs.insertOne({ _id: 'conflict' });
    await expect(
      docs.updateOne({ _id: 'conflict' }, { $set: { a: 1 }, $inc: { a: 1 } }),
    ).rejects.toMatchObject({ code: 40 });
  });
});

describe('findOneAndUpdate', () => {
  it('answers the document before or after', async () => {
    await docs.insertOne({ _id: 'fau', n: 1 });
    expect(await docs.findOneAndUpdate({ _id: 'fau' }, { $inc: { n: 1 } })).toMatchObject({ n: 1 });
    expect(
      await docs.findOneAndUpdate({ _id: 'fau' }, { $inc: { n: 1 } }, { returnDocument: 'after' }),
    ).toMatchObject({ n: 3 });
    expect(await docs.findOneAndUpdate({ _id: 'nobody' }, { $inc: { n: 1 } })).toBeNull();
  });

  it('takes the first in an order: how due work is claimed', async () => {
    await docs.insertMany([
      { _id: 'w1', due: 3, work: true },
      { _id: 'w2', due: 1, work: true },
    ]);
    const claimed = await docs.findOneAndUpdate(
      { work: true, lease: { $exists: false } },
      { $set: { lease: 'me' } },
      { sort: { due: 1 }, returnDocument: 'after' },
    );
    expect(claimed).toMatchObject({ _id: 'w2', lease: 'me' });
  });

  it('gives each of many claimants another document', { timeout: 30_000 }, async ({ skip }) => {
    skip(server.isFerretDb, 'FerretDB 1.24 does not do findAndModify in one step');
    await docs.insertMany(Array.from({ length: 20 }, (_, i) => ({ _id: `job${i}`, job: true })));
    const claims = await Promise.all(
      Array.from({ length: 30 }, (_, i) =>
        docs.findOneAndUpdate({ job: true, by: null }, { $set: { by: i + 1 } }),
      ),
    );
    const ids = claims.flatMap((doc) => (doc ? [doc._id] : []));
    expect(new Set(ids).size).toBe(20);
    expect(ids).toHaveLength(20);
  });
});

describe('bulk writes', () => {
  it('ordered end at the first error, unordered go on', async () => {
    const ordered = docs.insertMany([{ _id: 'b1' }, { _id: 'b1' }, { _id: 'b2' }]);
    await expect(ordered).rejects.toMatchObject({ code: 11000, insertedCount: 1 });
    const unordered = docs.insertMany([{ _id: 'b1' }, { _id: 'b2' }, { _id: 'b3' }], { ordered: false });
    await expect(unordered).rejects.toMatchObject({ code: 11000, insertedCount: 2 });
    expect(await docs.countDocuments({ _id: { $in: ['b1', 'b2', 'b3'] } })).toBe(3);
  });

  it('count what they did', async () => {
    const result = await docs.bulkWrite([
      { insertOne: { document: { _id: 'c1' } } },
      { updateOne: { filter: { _id: 'c1' }, update: { $set: { a: 1 } } } },
      { updateOne: { filter: { _id: 'c2' }, update: { $set: { a: 1 } }, upsert: true } },
      { deleteOne: { filter: { _id: 'c1' } } },
    ]);
    expect(result).toMatchObject({ insertedCount: 1, modifiedCount: 1, upsertedCount: 1, deletedCount: 1 });
  });
});

describe('indexes', () => {
  it('that are unique admit no second', async () => {
    const people = server.db.collection('people');
    await people.createIndex({ email: 1 }, { unique: true });
    await people.insertOne({ email: 'a@example.org' });
    await expect(people.insertOne({ email: 'a@example.org' })).rejects.toMatchObject({ code: 11000 });
    await expect(
      people.updateOne({ email: 'b@example.org' }, { $set: { email: 'a@example.org' } }, { upsert: true }),
    ).rejects.toMatchObject({ code: 11000 });
  });

  it('are listed and dropped', async () => {
    const indexed = server.db.collection('indexed');
    await indexed.createIndex({ a: 1, b: -1 });
    expect((await indexed.listIndexes().toArray()).map(({ name }) => name)).toEqual(['_id_', 'a_1_b_-1']);
    await indexed.dropIndex('a_1_b_-1');
    expect(await indexed.listIndexes().toArray()).toHaveLength(1);
  });
});
