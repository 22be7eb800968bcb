import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Store } from '../store/store.js';
import { type IdRange, loadRangeScorer, type ScoredModel, scoreRange } from './score-range.js';

/** What a thread is handed when it starts. */
export type ScoreWork = {
  readonly uri: string;
  readonly model: ScoredModel;
  readonly folder: string;
  readonly now: Date;
};
export type ScoreTask = { readonly index: number; readonly range: IdRange };
export type ScoredRange = { readonly lines: string; readonly rows: number };

export type RangeWorkers = {
  readonly threads: number;
  score(range: IdRange): Promise<ScoredRange>;
  close(): Promise<void>;
};

const workerFile = new URL('./score-worker.js', import.meta.url);

/** Threads that score ranges of customers; where there is no compiled file to start them from, this thread does it. */
export async function startRangeWorkers(
  work: ScoreWork,
  { store, threads }: { readonly store: Store; readonly threads: number },
): Promise<RangeWorkers> {
  if (!existsSync(fileURLToPath(workerFile))) {
    const scorer = await loadRangeScorer(work.model, work.folder);
    return {
      threads: 1,
      score: (range) => scoreRange(store, scorer, { range, now: work.now }),
      close: async () => {},
    };
  }
  let next = 0;
  const waiting = new Map<
    number,
    { done: (result: ScoredRange) => void; failed: (error: unknown) => void }
  >();
  const fail = (error: unknown) => {
    for (const { failed } of waiting.values()) failed(error);
    waiting.clear();
  };
  const workers = await Promise.all(
    Array.from(
      { length: threads },
      () =>
        new Promise<Worker>((resolve, reject) => {
          const worker = new Worker(workerFile, { workerData: work });
          worker.on('message', (message: 'ready' | ({ index: number } & ScoredRange)) => {
            if (message === 'ready') return resolve(worker);
            waiting.get(message.index)?.done({ lines: message.lines, rows: message.rows });
            waiting.delete(message.index);
          });
          worker.on('error', (error) => {
            reject(error);
            fail(error);
          });
        }),
    ),
  );
  return {
    threads,
    score: (range) =>
      new Promise((done, failed) => {
        const index = next++;
        waiting.set(index, { done, failed });
        const task: ScoreTask = { index, range };
        workers[index % workers.length]?.postMessage(task);
      }),
    close: async () => {
      await Promise.all(
        workers.map(
          (worker) =>
            new Promise<void>((resolve) => {
              worker.once('exit', () => resolve());
              worker.postMessage(null);
            }),
        ),
      );
    },
  };
}
