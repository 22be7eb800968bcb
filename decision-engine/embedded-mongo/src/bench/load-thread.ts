import { parentPort, workerData } from 'node:worker_threads';
import { MongoClient } from 'mongodb';
import { COMMANDS, type Item, OPERATIONS } from './operations.js';
import { RawConnection } from './raw-connection.js';

/** Who sends: MongoDB's driver, or bare messages. */
export type LoadClient = 'driver' | 'raw';

/** What a thread of the load generator is told. */
export interface LoadOrder {
  readonly uri: string;
  readonly operation: string;
  readonly client: LoadClient;
  readonly connections: number;
  readonly seconds: number;
  /** Its operations are numbered `first`, `first + step`, … */
  readonly first: number;
  readonly step: number;
  readonly run: string;
}

/** How long each operation took, in milliseconds. */
export type LoadReport = Float64Array;

interface Senders {
  /** One for each connection. */
  readonly senders: readonly ((i: number) => Promise<unknown>)[];
  close(): Promise<void>;
}

async function driverSenders({ uri, operation, connections, run }: LoadOrder): Promise<Senders> {
  const perform = OPERATIONS[operation];
  if (!perform) throw new Error(`Expected "operation" to be known, got ${operation}`);
  const client = await MongoClient.connect(uri, {
    maxPoolSize: connections,
    minPoolSize: connections,
    writeConcern: { w: 1, journal: true },
  });
  const items = client.db('bench').collection<Item>('items');
  await Promise.all(Array.from({ length: connections }, () => items.findOne({ _id: 0 })));
  const send = (i: number): Promise<unknown> => perform(items, i, run);
  return { senders: Array.from({ length: connections }, () => send), close: () => client.close() };
}

async function rawSenders({ uri, operation, connections, run }: LoadOrder): Promise<Senders> {
  const command = COMMANDS[operation];
  if (!command) throw new Error(`Expected "operation" to be known, got ${operation}`);
  const open = await Promise.all(Array.from({ length: connections }, () => RawConnection.open(uri)));
  return {
    senders: open.map((connection) => (i: number) => connection.ask(command(i, run))),
    close: async () => {
      for (const connection of open) connection.close();
    },
  };
}

async function load(order: LoadOrder, begin: Promise<void>): Promise<LoadReport> {
  const { senders, close } = await (order.client === 'raw' ? rawSenders : driverSenders)(order);
  parentPort?.postMessage('ready');
  await begin;
  const times: number[] = [];
  let next = order.first;
  const end = performance.now() + order.seconds * 1000;
  const loop = async (send: (i: number) => Promise<unknown>): Promise<void> => {
    while (performance.now() < end) {
      const before = performance.now();
      const i = next;
      next += order.step;
      await send(i);
      times.push(performance.now() - before);
    }
  };
  await Promise.all(senders.map(loop));
  await close();
  return Float64Array.from(times);
}

const begin = new Promise<void>((resolve) => parentPort?.once('message', () => resolve()));
const times = await load(workerData as LoadOrder, begin);
parentPort?.postMessage(times);
