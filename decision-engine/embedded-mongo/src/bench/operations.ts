import type { Document } from 'bson';
import type { Collection } from 'mongodb';

export const DOCUMENTS = 100_000;
const KEYS = 1000;

export interface Item {
  readonly _id: number | string;
  readonly key: number;
  readonly name: string;
  readonly amount: number;
  readonly at: Date;
  readonly tags: readonly string[];
  readonly visits?: number;
}

export function item(i: number): Item {
  return {
    _id: i,
    key: i % KEYS,
    name: `item ${i}`,
    amount: (i * 7919) % 10_000,
    at: new Date(1.7e12 + i * 1000),
    tags: ['a', `t${i % 7}`],
  };
}

/** What is measured, through the driver. Each is handed a number of its own and a name that no other run has used. */
export const OPERATIONS: Readonly<
  Record<string, (items: Collection<Item>, i: number, run: string) => Promise<unknown>>
> = {
  'findOne by _id': (items, i) => items.findOne({ _id: (i * 7919) % DOCUMENTS }),
  'find 10 by index': (items, i) =>
    items
      .find({ key: i % KEYS })
      .limit(10)
      .toArray(),
  insert: (items, i, run) => items.insertOne({ ...item(i), _id: `new-${run}-${i}` }),
  'update by _id': (items, i) => items.updateOne({ _id: (i * 7919) % DOCUMENTS }, { $inc: { visits: 1 } }),
  'upsert by _id': (items, i, run) =>
    items.updateOne(
      { _id: `upsert-${run}-${i % 5000}` },
      { $inc: { visits: 1 }, $setOnInsert: { key: 1 } },
      { upsert: true },
    ),
  'aggregate $group over 100,000': (items) =>
    items.aggregate([{ $group: { _id: '$key', sum: { $sum: '$amount' }, n: { $sum: 1 } } }]).toArray(),
};

const JOURNALED = { $db: 'bench', writeConcern: { w: 1, j: true } };

/** The same as commands. */
export const COMMANDS: Readonly<Record<string, (i: number, run: string) => Document>> = {
  'findOne by _id': (i) => ({
    find: 'items',
    filter: { _id: (i * 7919) % DOCUMENTS },
    limit: 1,
    singleBatch: true,
    $db: 'bench',
  }),
  'find 10 by index': (i) => ({ find: 'items', filter: { key: i % KEYS }, limit: 10, $db: 'bench' }),
  insert: (i, run) => ({
    insert: 'items',
    documents: [{ ...item(i), _id: `new-${run}-${i}` }],
    ...JOURNALED,
  }),
  'update by _id': (i) => ({
    update: 'items',
    updates: [{ q: { _id: (i * 7919) % DOCUMENTS }, u: { $inc: { visits: 1 } } }],
    ...JOURNALED,
  }),
  'upsert by _id': (i, run) => ({
    update: 'items',
    updates: [
      {
        q: { _id: `upsert-${run}-${i % 5000}` },
        u: { $inc: { visits: 1 }, $setOnInsert: { key: 1 } },
        upsert: true,
      },
    ],
    ...JOURNALED,
  }),
  'aggregate $group over 100,000': () => ({
    aggregate: 'items',
    pipeline: [{ $group: { _id: '$key', sum: { $sum: '$amount' }, n: { $sum: 1 } } }],
    cursor: { batchSize: KEYS },
    $db: 'bench',
  }),
};
