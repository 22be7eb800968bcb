import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { LoadClient, LoadOrder, LoadReport } from './load-thread.js';

/** The speed of one operation at one number of connections. */
export interface Measurement {
  readonly operation: string;
  readonly client: LoadClient;
  readonly connections: number;
  /** Threads the load came from: one cannot keep the server busy by itself. */
  readonly loadThreads: number;
  readonly operations: number;
  readonly perSecond: number;
  /** Milliseconds that 50 % and 99 % of the operations stayed under. */
  readonly p50: number;
  readonly p99: number;
  /** Microseconds of processor time the server spent on one operation: other load on the machine changes it little. */
  readonly serverMicros: number;
  /** The same of the process that sends. */
  readonly loadMicros: number;
}

/** Runs an operation on several connections at once, each waiting for its answer, for about `seconds`. */
export async function measure(
  operation: string,
  {
    uri,
    client,
    connections,
    threads,
    seconds,
    serverMicros,
  }: {
    uri: string;
    client: LoadClient;
    connections: number;
    threads: number;
    seconds: number;
    serverMicros(): Promise<number>;
  },
): Promise<Measurement> {
  const loadThreads = Math.min(threads, connections);
  const workers = Array.from({ length: loadThreads }, (_, i) => {
    const share = Math.floor(connections / loadThreads) + (i < connections % loadThreads ? 1 : 0);
    const order: LoadOrder = {
      uri,
      operation,
      client,
      connections: share,
      seconds,
      first: i,
      step: loadThreads,
      run: `${client}${connections}`,
    };
    return new Worker(new URL('./load-thread.js', import.meta.url), { workerData: order });
  });
  await Promise.all(workers.map((worker) => once(worker, 'message')));
  const cpuBefore = await serverMicros();
  const loadBefore = process.cpuUsage();
  const started = performance.now();
  const reports = workers.map((worker) => once(worker, 'message'));
  for (const worker of workers) worker.postMessage('begin');
  const times = (await Promise.all(reports)).flatMap(([report]) => [...(report as LoadReport)]);
  const elapsed = (performance.now() - started) / 1000;
  const load = process.cpuUsage(loadBefore);
  const cpu = (await serverMicros()) - cpuBefore;
  times.sort((a, b) => a - b);
  const at = (share: number): number =>
    Math.round((times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0) * 1000) / 1000;
  return {
    operation,
    client,
    connections,
    loadThreads,
    operations: times.length,
    perSecond: Math.round(times.length / elapsed),
    p50: at(0.5),
    p99: at(0.99),
    serverMicros: Math.round(cpu / Math.max(1, times.length)),
    loadMicros: Math.round((load.user + load.system) / Math.max(1, times.length)),
  };
}
