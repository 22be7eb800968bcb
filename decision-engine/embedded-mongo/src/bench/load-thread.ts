import { parentPort, workerData } from 'node:worker_threads';
import { MongoClient } from 'mongodb';
import { type Item, OPERATIONS } from './operations.js';

/** What a thread of the load generator is told. */
export interface LoadOrder {
  readonly uri: string;
  readonly operation: string;
  readonly connections: number;
  readonly seconds: number;
  /** Its operations are numbered `first`, `first + step`, … */
  readonly first: number;
  readonly step: number;
  readonly run: string;
}

/** How long each operation took, in milliseconds. */
export type LoadReport = Float64Array;

async function load(order: LoadOrder, begin: Promise<void>): Promise<LoadReport> {
  const { uri, connections, seconds, run } = order;
  const perform = OPERATIONS[order.operation];
  if (!perform) throw new Error(`Expected "operation" to be known, got ${order.operation}`);
  const client = await MongoClient.connect(uri, {
    maxPoolSize: connections,
    minPoolSize: connections,
    writeConcern: { w: 1, journal: true },
  });
  const items = client.db('bench').collection<Item>('items');
  await Promise.all(Array.from({ length: connections }, () => items.findOne({ _id: 0 })));
  parentPort?.postMessage('ready');
  await begin;
  const times: number[] = [];
  let next = order.first;
  const end = performance.now() + seconds * 1000;
  const loop = async (): Promise<void> => {
    while (performance.now() < end) {
      const before = performance.now();
      const i = next;
      next += order.step;
      await perform(items, i, run);
      times.push(performance.now() - before);
    }
  };
  await Promise.all(Array.from({ length: connections }, loop));
  await client.close();
  return Float64Array.from(times);
}

const begin = new Promise<void>((resolve) => parentPort?.once('message', () => resolve()));
const times = await load(workerData as LoadOrder, begin);
parentPort?.postMessage(times);
