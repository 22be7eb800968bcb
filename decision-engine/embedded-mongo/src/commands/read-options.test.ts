import { Double, Long, MongoClient } from 'mongodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TemporaryServer, temporaryServer } from '../testing/temporary-server.js';

interface Item {
  readonly _id: number;
  readonly group: string;
  readonly amount: number | null;
  readonly long?: Long;
  readonly double?: Double;
}

let server: TemporaryServer;
let client: MongoClient;
const items = () => client.db('read').collection<Item>('items');

beforeAll(async () => {
  server = await temporaryServer();
  client = await MongoClient.connect(server.uri, { promoteLongs: false, promoteValues: false });
  await items().insertMany([
    { _id: 1, group: 'a', amount: 10, long: Long.fromString('9007199254740993'), double: new Double(2) },
    { _id: 2, group: 'a', amount: 20 },
    { _id: 3, group: 'b', amount: null },
    { _id: 4, group: 'b', amount: 40 },
  ]);
  await items().createIndex({ group: 1, amount: -1 }, { name: 'by_group' });
});
afterAll(async () => {
  await client.close();
  await server.close();
});

describe('find', () => {
  it('begins at min and ends before max, in the order of the hinted index', async () => {
    const ids = async (options: object): Promise<number[]> =>
      (
        await items()
          .find({}, { hint: 'by_group', ...options })
          .toArray()
      ).map(({ _id }) => Number(_id));
    expect(await ids({ min: { group: 'a', amount: 10 } })).toEqual([1, 4, 3]);
    expect(await ids({ max: { group: 'b', amount: null } })).toEqual([2, 1, 4]);
    expect(await ids({ min: { group: 'a', amount: 15 }, max: { group: 'b', amount: 39 } })).toEqual([1, 4]);
    expect(await ids({ min: { group: 'a', amount: 15 }, sort: { group: -1, amount: 1 } })).toEqual([3, 4, 1]);
  });

  it('refuses bounds without an index to use, or of other fields', async () => {
    await expect(
      items()
        .find({}, { min: { group: 'a' } })
        .toArray(),
    ).rejects.toThrow('a hint of which index');
    await expect(
      items()
        .find({}, { min: { group: 'a' }, hint: 'by_group' })
        .toArray(),
    ).rejects.toThrow('min must have the fields of the hinted index');
  });

  it('answers the index key alone, or the record with the document', async () => {
    const keys = await items().find({ group: 'a' }, { returnKey: true }).toArray();
    expect(keys).toEqual([
      { group: 'a', amount: expect.objectContaining({ value: 20 }) },
      { group: 'a', amount: expect.objectContaining({ value: 10 }) },
    ]);
    const [one] = await items()
      .find({ _id: 1 }, { showRecordId: true, projection: { group: 1 } })
      .toArray();
    expect(one).toMatchObject({ group: 'a', $recordId: expect.any(Long) });
  });
});

it.each([
  { find: 'items' },
  { insert: 'items', documents: [{}] },
  { update: 'items', updates: [{ q: {}, u: {} }] },
  { delete: 'items', deletes: [{ q: { _id: -1 }, limit: 1 }] },
  { aggregate: 'items', pipeline: [], cursor: {} },
  { findAndModify: 'items', query: { _id: -1 }, remove: true },
  { count: 'items' },
  { distinct: 'items', key: 'group' },
])('a field that the command does not have is refused, not ignored: %j', async (command) => {
  await expect(client.db('read').command({ ...command, mispelt: 1 })).rejects.toMatchObject({ code: 40415 });
});

describe('windows', () => {
  const windowed = (output: object) =>
    items()
      .aggregate([{ $setWindowFields: { sortBy: { _id: 1 }, output } }])
      .toArray();

  it('are computed, and the types of all other fields stay', async () => {
    const [first, , , last] = await windowed({
      sum: { $sum: '$amount', window: { documents: ['unbounded', 'current'] } },
      before: { $shift: { output: '$group', by: -1, default: 'none' } },
    });
    expect(first).toMatchObject({ before: 'none', double: new Double(2) });
    expect(String(first?.['long'])).toBe('9007199254740993');
    expect(Number(last?.['sum'])).toBe(70);
  });

  it('run no code of a client', async () => {
    await expect(
      windowed({ sum: { $sum: { $function: { body: 'x', args: [], lang: 'js' } } } }),
    ).rejects.toThrow('runs no JavaScript');
  });
});

it('groups answer medians and percentiles', async () => {
  const [found] = await items()
    .aggregate([
      {
        $group: {
          _id: null,
          median: { $median: { input: '$amount', method: 'approximate' } },
          parts: { $percentile: { input: '$amount', p: [0, 0.9, 1], method: 'approximate' } },
        },
      },
    ])
    .toArray();
  expect(Number(found?.['median'])).toBe(20);
  expect(found?.['parts'].map(Number)).toEqual([10, 40, 40]);
});
