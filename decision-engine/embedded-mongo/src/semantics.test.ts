import { type Collection, type Document, Double, Long, MongoClient } from 'mongodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TemporaryServer, temporaryServer } from './testing/temporary-server.js';

interface Doc extends Document {
  _id: string | number;
}

let server: TemporaryServer;
let client: MongoClient;
let docs: Collection<Doc>;

beforeAll(async () => {
  server = await temporaryServer();
  client = await MongoClient.connect(server.uri);
  docs = client.db('s').collection<Doc>('docs');
});
afterAll(async () => {
  await client.close();
  await server.close();
});

const change = (filter: Document, update: Document | Document[], options = {}): Promise<unknown> =>
  docs.updateOne(filter, update, options);
const run = (stages: Document[]): Promise<Document[]> =>
  client
    .db('s')
    .aggregate([{ $documents: [{}] }, ...stages])
    .toArray();

describe('an update', () => {
  it.each<[string, Document, number]>([
    ['of an unknown operator', { $foo: { a: 1 } }, 9],
    ['of _id', { $set: { _id: 9 } }, 66],
    ['of a path and one below it', { $set: { a: 1, 'a.b': 2 } }, 40],
    ['below a number', { $set: { 'n.x': 1 } }, 28],
    ['that pushes onto a number', { $push: { n: 1 } }, 2],
    ['that increments a text', { $inc: { text: 1 } }, 14],
    ['that increments by a text', { $inc: { n: 'x' } }, 14],
    ['that renames a field to itself', { $rename: { n: 'n' } }, 2],
    ['with an array filter that is missing', { $set: { 'list.$[e]': 1 } }, 2],
    ['with $ and no matching element', { $set: { 'list.$': 1 } }, 2],
    ['of an empty path', { $set: { '': 1 } }, 56],
  ])('%s is refused with code of MongoDB', async (_name, update, code) => {
    await docs.replaceOne({ _id: 'e' }, { n: 1, text: 't', list: [1] }, { upsert: true });
    await expect(change({ _id: 'e' }, update)).rejects.toMatchObject({ code });
    expect(await docs.findOne({ _id: 'e' })).toEqual({ _id: 'e', n: 1, text: 't', list: [1] });
  });

  it('keeps the types of numbers and the order of fields', async () => {
    const nested = new Map<string, number>([
      ['2', 1],
      ['1', 2],
    ]);
    await docs.insertOne({ _id: 'types', double: new Double(1), long: Long.fromNumber(5), nested });
    await change({ _id: 'types' }, { $inc: { double: 1, long: 1 }, $set: { new: 1 } });
    const raw = await docs.findOne({ _id: 'types' }, { raw: true });
    const bytes = Buffer.from(raw as unknown as Uint8Array);
    expect(bytes.includes(Buffer.from([0x01, ...Buffer.from('double\0')]))).toBe(true);
    expect(bytes.includes(Buffer.from([0x12, ...Buffer.from('long\0')]))).toBe(true);
    expect(bytes.indexOf('2\0')).toBeLessThan(bytes.lastIndexOf('\u00101\0', undefined, 'latin1'));
  });

  it('by array filters, positions and pipelines', async () => {
    await docs.insertOne({
      _id: 'arr',
      items: [
        { k: 1, v: 1 },
        { k: 2, v: 2 },
        { k: 3, v: 3 },
      ],
    });
    await change(
      { _id: 'arr' },
      { $inc: { 'items.$[e].v': 10 } },
      { arrayFilters: [{ 'e.k': { $gte: 2 } }] },
    );
    await change({ _id: 'arr', 'items.k': 3 }, { $set: { 'items.$.last': true } });
    await change({ _id: 'arr' }, { $mul: { 'items.$[].v': 2 } });
    await change({ _id: 'arr' }, [{ $set: { sum: { $sum: '$items.v' }, items: '$$REMOVE' } }]);
    expect(await docs.findOne({ _id: 'arr' })).toEqual({ _id: 'arr', sum: 2 + 24 + 26 });
  });
});

describe('a filter', () => {
  it.each<[Document, number]>([
    [{ a: { $foo: 1 } }, 2],
    [{ $foo: 1 }, 2],
    [{ a: { $in: 1 } }, 2],
    [{ $or: [] }, 2],
    [{ a: { $size: -1 } }, 2],
    [{ $where: '1' }, 2],
    [{ a: { $regex: '(' } }, 51091],
    [{ $text: { $search: 'x' } }, 27],
  ])('%j is refused', async (filter, code) => {
    await expect(docs.find(filter).toArray()).rejects.toMatchObject({ code });
  });
});

describe('an expression', () => {
  const date = new Date('2024-01-31T04:05:06.007Z');
  it.each<[Document | string, unknown]>([
    [{ $dateToString: { date, format: '%Y-%m-%d %H:%M:%S' } }, '2024-01-31 04:05:06'],
    [{ $dateAdd: { startDate: date, unit: 'month', amount: 1 } }, new Date('2024-02-29T04:05:06.007Z')],
    [{ $dateTrunc: { date, unit: 'day' } }, new Date('2024-01-31')],
    [{ $dateDiff: { startDate: new Date(0), endDate: date, unit: 'year' } }, 54],
    [{ $add: [1, 2.5, 3] }, 6.5],
    [{ $subtract: [new Date(1000), new Date(400)] }, 600],
    [{ $divide: [7, 2] }, 3.5],
    [{ $mod: [-7, 3] }, -1],
    [{ $round: [2.5] }, 2],
    [{ $round: [1234.567, 1] }, 1234.6],
    [{ $concat: ['a', null] }, null],
    [{ $substrCP: ['héllo', 1, 3] }, 'éll'],
    [{ $split: ['a-b', '-'] }, ['a', 'b']],
    [{ $map: { input: [1, 2], as: 'x', in: { $multiply: ['$$x', 2] } } }, [2, 4]],
    [{ $reduce: { input: [1, 2, 3], initialValue: 0, in: { $add: ['$$value', '$$this'] } } }, 6],
    [{ $filter: { input: [1, 2, 3], cond: { $gt: ['$$this', 1] } } }, [2, 3]],
    [{ $slice: [[1, 2, 3], -2] }, [2, 3]],
    [
      {
        $setUnion: [
          [1, 2],
          [2, 3],
        ],
      },
      [1, 2, 3],
    ],
    [{ $arrayToObject: [[['a', 1]]] }, { a: 1 }],
    [{ $objectToArray: { a: 1 } }, [{ k: 'a', v: 1 }]],
    // biome-ignore lint/suspicious/noThenProperty: the name is MongoDB's
    [{ $switch: { branches: [{ case: false, then: 1 }], default: 2 } }, 2],
    [{ $convert: { input: 'x', to: 'int', onError: -1 } }, -1],
    [{ $toInt: '42' }, 42],
    [{ $type: '$missing' }, 'missing'],
    [{ $ifNull: ['$missing', null, 5] }, 5],
    [{ $cmp: ['a', 1] }, 1],
    [{ $regexMatch: { input: 'Hello', regex: '^h', options: 'i' } }, true],
    [{ $let: { vars: { a: 1 }, in: { $add: ['$$a', 1] } } }, 2],
    [{ $avg: [1, 2, 'x'] }, 1.5],
    [{ $max: [[1, 3, 2]] }, 3],
  ])('%j', async (expression, value) => {
    expect(await run([{ $project: { value: expression } }])).toEqual([{ value }]);
  });

  it('of a division by zero or an unknown operator is refused', async () => {
    await expect(run([{ $project: { a: { $divide: [1, 0] } } }])).rejects.toMatchObject({ code: 2 });
    await expect(run([{ $project: { a: { $foo: 1 } } }])).rejects.toMatchObject({ code: 168 });
    await expect(run([{ $foo: {} }])).rejects.toMatchObject({ code: 40324 });
  });
});

describe('a pipeline', () => {
  it('joins, unwinds, facets, merges and writes out', async () => {
    const db = client.db('s');
    await db.collection('orders').insertMany([
      { n: 1, item: 'a', tags: ['x', 'y'] },
      { n: 2, item: 'b', tags: [] },
    ]);
    await db.collection('items').insertMany([{ sku: 'a', price: 3 }]);
    const joined = await db
      .collection('orders')
      .aggregate([
        { $lookup: { from: 'items', localField: 'item', foreignField: 'sku', as: 'found' } },
        { $unwind: { path: '$found', preserveNullAndEmptyArrays: true } },
        { $sort: { n: 1 } },
        { $project: { _id: 0, n: 1, price: '$found.price' } },
      ])
      .toArray();
    expect(joined).toEqual([{ n: 1, price: 3 }, { n: 2 }]);
    const [facets] = await db
      .collection('orders')
      .aggregate([
        { $facet: { tags: [{ $unwind: '$tags' }, { $sortByCount: '$tags' }], n: [{ $count: 'n' }] } },
      ])
      .toArray();
    expect(facets?.['n']).toEqual([{ n: 2 }]);
    expect(facets?.['tags']).toHaveLength(2);
    await db
      .collection('orders')
      .aggregate([{ $project: { n: 1 } }, { $out: 'copies' }])
      .toArray();
    await db
      .collection('orders')
      .aggregate([{ $project: { twice: { $multiply: ['$n', 2] } } }, { $merge: 'copies' }])
      .toArray();
    expect(
      await db
        .collection('copies')
        .find({}, { projection: { _id: 0 } })
        .sort({ n: 1 })
        .toArray(),
    ).toEqual([
      { n: 1, twice: 2 },
      { n: 2, twice: 4 },
    ]);
  });

  it('refuses change streams with the code of a standalone server', async () => {
    await expect(docs.watch().next()).rejects.toMatchObject({ code: 40573 });
  });
});

describe('a TTL index', () => {
  it('removes what is over', { timeout: 20_000 }, async () => {
    const sessions = client.db('s').collection('sessions');
    await sessions.createIndex({ until: 1 }, { expireAfterSeconds: 0 });
    await sessions.insertMany([
      { until: new Date(0) },
      { until: new Date(Date.now() + 3_600_000) },
      { until: 'never' },
    ]);
    await client.db('admin').command({ setParameter: 1, ttlMonitorSleepSecs: 1 });
    await expect.poll(() => sessions.countDocuments(), { timeout: 10_000 }).toBe(2);
  });
});

describe('explain', () => {
  it('tells the index and what was examined', async () => {
    const many = client.db('s').collection('many');
    await many.createIndex({ a: 1, b: 1 });
    await many.insertMany(Array.from({ length: 100 }, (_, i) => ({ a: i % 10, b: i })));
    const plan = await many.find({ a: 3 }).sort({ b: -1 }).explain('executionStats');
    expect(plan['queryPlanner'].winningPlan).toMatchObject({
      stage: 'FETCH',
      inputStage: { stage: 'IXSCAN', indexName: 'a_1_b_1', direction: 'backward' },
    });
    expect(plan['executionStats']).toMatchObject({
      nReturned: 10,
      totalKeysExamined: 10,
      totalDocsExamined: 10,
    });
    const scan = await many.find({ b: 3 }).explain('executionStats');
    expect(scan).toMatchObject({
      queryPlanner: { winningPlan: { stage: 'COLLSCAN' } },
      executionStats: { totalDocsExamined: 100 },
    });
  });
});
