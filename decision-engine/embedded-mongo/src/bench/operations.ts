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

/** What is measured. Each is handed a number of its own and a name that no other run has used. */
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
