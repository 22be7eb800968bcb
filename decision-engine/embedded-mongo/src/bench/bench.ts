import { MongoClient } from 'mongodb';
import type { LoadClient } from './load-thread.js';
import { type Measurement, measure } from './measure.js';
import { DOCUMENTS, type Item, item, OPERATIONS } from './operations.js';

/** Measures a server over 100,000 documents. All writes are journaled. */
export async function bench(
  uri: string,
  options: {
    readonly clients: readonly LoadClient[];
    readonly connections: readonly number[];
    /** Only operations whose name begins like one of these. */
    readonly operations: readonly string[];
    /** Threads that send; the connections are spread over them. */
    readonly threads: number;
    readonly seconds: number;
    readonly onStep: (step: string) => void;
  },
): Promise<Measurement[]> {
  const admin = await MongoClient.connect(uri);
  options.onStep(`loading ${DOCUMENTS} documents`);
  const target = admin.db('bench').collection<Item>('items');
  await target.drop();
  await target.createIndex({ key: 1 });
  for (let at = 0; at < DOCUMENTS; at += 1000)
    await target.insertMany(Array.from({ length: 1000 }, (_, i) => item(at + i)));
  const serverMicros = async (): Promise<number> => {
    const { extra_info } = await admin.db('admin').command({ serverStatus: 1 });
    return Number(extra_info.user_time_us) + Number(extra_info.system_time_us);
  };
  const results: Measurement[] = [];
  for (const connections of options.connections) {
    for (const name of Object.keys(OPERATIONS)) {
      if (!options.operations.some((start) => name.startsWith(start))) continue;
      for (const client of options.clients) {
        options.onStep(`${name}, ${connections} connections, ${client}`);
        results.push(await measure(name, { ...options, uri, client, connections, serverMicros }));
      }
    }
  }
  await admin.close();
  return results;
}
