import { MongoClient } from 'mongodb';
import { type Measurement, measure } from './measure.js';

const DOCUMENTS = 100_000;
const KEYS = 1000;

interface Item {
  readonly _id: number | string;
  readonly key: number;
  readonly name: string;
  readonly amount: number;
  readonly at: Date;
  readonly tags: readonly string[];
  readonly visits?: number;
}

function item(i: number): Item {
  return {
    _id: i,
    key: i % KEYS,
    name: `item ${i}`,
    amount: (i * 7919) % 10_000,
    at: new Date(1.7e12 + i * 1000),
    tags: ['a', `t${i % 7}`],
  };
}

/** Measures a server over 100,000 documents. All writes are journaled. */
export async function bench(
  uri: string,
  options: {
    readonly connections: readonly number[];
    readonly seconds: number;
    readonly onStep: (step: string) => void;
  },
): Promise<Measurement[]> {
  const loader = await MongoClient.connect(uri);
  options.onStep(`loading ${DOCUMENTS} documents`);
  const target = loader.db('bench').collection<Item>('items');
  await target.drop();
  await target.createIndex({ key: 1 });
  for (let at = 0; at < DOCUMENTS; at += 1000)
    await target.insertMany(Array.from({ length: 1000 }, (_, i) => item(at + i)));
  await loader.close();
  const results: Measurement[] = [];
  for (const connections of options.connections) results.push(...(await benchAt(uri, connections, options)));
  return results;
}

async function benchAt(
  uri: string,
  connections: number,
  { seconds, onStep }: { seconds: number; onStep: (step: string) => void },
): Promise<Measurement[]> {
  const client = await MongoClient.connect(uri, {
    maxPoolSize: connections,
    minPoolSize: connections,
    writeConcern: { w: 1, journal: true },
  });
  const items = client.db('bench').collection<Item>('items');
  const operations: Readonly<Record<string, (i: number) => Promise<unknown>>> = {
    'findOne by _id': (i) => items.findOne({ _id: (i * 7919) % DOCUMENTS }),
    'find 10 by index': (i) =>
      items
        .find({ key: i % KEYS })
        .limit(10)
        .toArray(),
    insert: (i) => items.insertOne({ ...item(i), _id: `new-${connections}-${i}` }),
    'update by _id': (i) => items.updateOne({ _id: (i * 7919) % DOCUMENTS }, { $inc: { visits: 1 } }),
    'upsert by _id': (i) =>
      items.updateOne(
        { _id: `upsert-${connections}-${i % 5000}` },
        { $inc: { visits: 1 }, $setOnInsert: { key: 1 } },
        { upsert: true },
      ),
    'aggregate $group over 100,000': () =>
      items.aggregate([{ $group: { _id: '$key', sum: { $sum: '$amount' }, n: { $sum: 1 } } }]).toArray(),
  };
  const serverMicros = async (): Promise<number> => {
    const { extra_info } = await client.db('admin').command({ serverStatus: 1 });
    return Number(extra_info.user_time_us) + Number(extra_info.system_time_us);
  };
  const results: Measurement[] = [];
  for (const [name, run] of Object.entries(operations)) {
    onStep(`${name}, ${connections} connections`);
    results.push(await measure(name, { connections, seconds, run, serverMicros }));
  }
  await client.close();
  return results;
}
