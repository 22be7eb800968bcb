import { Binary, type Collection, Decimal128, type Document, Double, Long, ObjectId } from 'mongodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ContractServer, contractServer } from './contract-server.js';

interface Doc extends Document {
  _id: string | number;
}

let server: ContractServer;
let docs: Collection<Doc>;

beforeAll(async () => {
  server = await contractServer();
  docs = server.db.collection<Doc>('documents');
});
afterAll(() => server.close());

describe('values', () => {
  it('come back as they went in, types and key order too', async ({ skip }) => {
    skip(server.isFerretDb, 'FerretDB 1.24 refuses arrays in arrays');
    const doc = {
      _id: 'types',
      int: 1,
      double: new Double(2),
      long: Long.fromString('9007199254740993'),
      text: 'ünï \u{1f600}',
      date: new Date('2024-02-29T12:00:00.123Z'),
      id: new ObjectId('0123456789abcdef01234567'),
      bytes: new Binary(Buffer.from([0, 1, 255])),
      none: null,
      yes: true,
      nested: { b: 1, a: [1, [2], { c: null }] },
      empty: {},
      list: [],
    };
    await docs.insertOne(doc);
    const found = await docs.findOne({ _id: 'types' }, { promoteValues: false });
    expect(Object.keys(found ?? {})).toEqual(Object.keys(doc));
    expect(found?.['double']).toBeInstanceOf(Double);
    expect(String(found?.['long'])).toBe('9007199254740993');
    const plain = await docs.findOne({ _id: 'types' });
    expect(plain).toMatchObject({
      int: 1,
      text: doc.text,
      date: doc.date,
      id: doc.id,
      nested: doc.nested,
      none: null,
      empty: {},
      list: [],
    });
  });

  it('of decimals stay exact', async ({ skip }) => {
    skip(server.isFerretDb, 'FerretDB 1.24 has no decimals');
    await server.db.collection('decimals').insertOne({ price: Decimal128.fromString('19.990') });
    const found = await server.db.collection('decimals').findOne();
    expect(String(found?.['price'])).toBe('19.990');
  });
});

describe('filters', () => {
  const ids = async (filter: object): Promise<unknown[]> =>
    (
      await docs
        .find({ kind: 'f', ...filter })
        .sort({ _id: 1 })
        .toArray()
    ).map(({ _id }) => _id);

  beforeAll(async () => {
    await docs.insertMany([
      {
        _id: 1,
        kind: 'f',
        n: 1,
        tags: ['a', 'b'],
        items: [
          { sku: 'x', qty: 1 },
          { sku: 'y', qty: 5 },
        ],
      },
      { _id: 2, kind: 'f', n: 2, tags: ['b'], items: [{ sku: 'x', qty: 5 }] },
      { _id: 3, kind: 'f', n: null, tags: [] },
      { _id: 4, kind: 'f', at: new Date(1000), n: 'text' },
    ]);
  });

  it('compare inside one type', async () => {
    expect(await ids({ n: { $gte: 1 } })).toEqual([1, 2]);
    expect(await ids({ n: { $gt: '' } })).toEqual([4]);
    expect(await ids({ at: { $lt: new Date(2000) } })).toEqual([4]);
    expect(await ids({ n: { $in: [2, 'text'] } })).toEqual([2, 4]);
    expect(await ids({ n: { $ne: 1 } })).toEqual([2, 3, 4]);
  });

  it('take null for missing too, and $exists tells them apart', async () => {
    expect(await ids({ n: null })).toEqual([3]);
    expect(await ids({ tags: null })).toEqual([4]);
    expect(await ids({ tags: { $exists: false } })).toEqual([4]);
    expect(await ids({ n: { $exists: true } })).toEqual([1, 2, 3, 4]);
  });

  it('look into arrays', async ({ skip }) => {
    skip(server.isFerretDb, 'FerretDB 1.24 has no $elemMatch with fields');
    expect(await ids({ tags: 'b' })).toEqual([1, 2]);
    expect(await ids({ tags: ['b'] })).toEqual([2]);
    expect(await ids({ tags: { $size: 0 } })).toEqual([3]);
    expect(await ids({ tags: { $all: ['a', 'b'] } })).toEqual([1]);
    expect(await ids({ 'items.sku': 'x', 'items.qty': 5 })).toEqual([1, 2]);
    expect(await ids({ items: { $elemMatch: { sku: 'x', qty: 5 } } })).toEqual([2]);
    expect(await ids({ 'items.0.qty': 5 })).toEqual([2]);
  });

  it('combine', async () => {
    expect(await ids({ $or: [{ n: 1 }, { tags: { $size: 0 } }] })).toEqual([1, 3]);
    expect(await ids({ $nor: [{ n: 1 }, { n: 2 }] })).toEqual([3, 4]);
    expect(await ids({ n: { $not: { $gte: 2 } } })).toEqual([1, 3, 4]);
    expect(await ids({ n: { $regex: '^te', $options: '' } })).toEqual([4]);
  });
});

describe('reading', () => {
  it('sorts, skips, limits and projects', async () => {
    const many = server.db.collection<Doc>('many');
    await many.insertMany(Array.from({ length: 250 }, (_, i) => ({ _id: i, group: i % 5, text: `t${i}` })));
    const page = await many
      .find({ group: 2 }, { projection: { text: 1, _id: 0 } })
      .sort({ _id: -1 })
      .skip(1)
      .limit(2)
      .toArray();
    expect(page).toEqual([{ text: 't242' }, { text: 't237' }]);
    expect(await many.find().batchSize(40).toArray()).toHaveLength(250);
    expect(await many.countDocuments({ group: 1 })).toBe(50);
    expect(await many.estimatedDocumentCount()).toBe(250);
    expect((await many.distinct('group')).sort()).toEqual([0, 1, 2, 3, 4]);
  });

  it('orders values of different types as BSON does', async () => {
    const mixed = server.db.collection<Doc>('mixed');
    await mixed.insertMany([true, 'a', 2, null, new Date(0), { a: 1 }].map((v, _id) => ({ _id, v })));
    expect((await mixed.find().sort({ v: 1 }).toArray()).map(({ _id }) => _id)).toEqual([3, 2, 1, 5, 0, 4]);
  });

  it('groups', async () => {
    const sums = await server.db
      .collection('many')
      .aggregate([
        { $match: { group: { $lt: 2 } } },
        { $group: { _id: '$group', n: { $sum: 1 } } },
        { $sort: { _id: 1 } },
      ])
      .toArray();
    expect(sums).toEqual([
      { _id: 0, n: 50 },
      { _id: 1, n: 50 },
    ]);
  });
});
