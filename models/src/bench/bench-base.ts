import { Worker } from 'node:worker_threads';
import { selectRows } from '../tables/table.js';
import type { BenchNetwork } from './bench-network.js';

export type BaseBench = {
  readonly customers: number;
  readonly threads: number;
  readonly seconds: number;
  readonly perSecond: number;
  /** Of all threads: on a busy machine it says more than the clock does. */
  readonly cpuSeconds: number;
  /** Of the whole process so far. */
  readonly peakMemoryMb: number;
};

export type BenchBaseOptions = {
  readonly rows: number;
  readonly threads: number;
  readonly clock: () => number;
  readonly onProgress: (done: number) => void;
};

/** What a thread is handed: the network, and how many customers to score. */
export type BaseTask = Pick<BenchNetwork, 'table' | 'encodings' | 'members'> & { readonly rows: number };

export type BaseMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'scored'; readonly rows: number }
  | { readonly kind: 'done'; readonly checksum: number };

const BLOCK = 2000;

/**
 * The time to score a whole base from its feature values, encoding included, reading a store not included. Threads start
 * before the clock does, as they do but once in a run.
 */
export async function benchBase(network: BenchNetwork, options: BenchBaseOptions): Promise<BaseBench> {
  const { rows, threads, clock, onProgress } = options;
  const { encodings, members } = network;
  const block = Array.from({ length: BLOCK }, (_, row) => row % network.table.rows);
  const table = selectRows(network.table, block);
  const shares = Array.from(
    { length: threads },
    (_, thread) => Math.round(((thread + 1) * rows) / threads) - Math.round((thread * rows) / threads),
  );
  let scored = 0;
  let told = 0;
  const workers = shares.map((share) => {
    const task: BaseTask = { table, encodings, members, rows: share };
    const worker = new Worker(new URL('./bench-base-worker.js', import.meta.url), { workerData: task });
    const ready = new Promise<void>((resolve, reject) => {
      worker.once('error', reject);
      worker.on('message', (message: BaseMessage) => {
        if (message.kind === 'ready') resolve();
        if (message.kind !== 'scored') return;
        scored += message.rows;
        if (scored / rows < told + 0.1) return;
        told = scored / rows;
        onProgress(told);
      });
    });
    const done = new Promise<void>((resolve, reject) => {
      worker.once('error', reject);
      worker.on('message', (message: BaseMessage) => {
        if (message.kind === 'done') resolve();
      });
    });
    return { worker, ready, done };
  });
  await Promise.all(workers.map(({ ready }) => ready));
  const began = clock();
  const cpuBefore = process.cpuUsage();
  for (const { worker } of workers) worker.postMessage('begin');
  await Promise.all(workers.map(({ done }) => done));
  const seconds = (clock() - began) / 1000;
  const { user, system } = process.cpuUsage(cpuBefore);
  await Promise.all(workers.map(({ worker }) => worker.terminate()));
  return {
    customers: rows,
    threads,
    seconds,
    perSecond: Math.round(rows / seconds),
    cpuSeconds: (user + system) / 1e6,
    peakMemoryMb: Math.round(process.resourceUsage().maxRSS / 1024),
  };
}
