import { parentPort, workerData } from 'node:worker_threads';
import { openStore } from '../store/store.js';
import type { ScoreTask, ScoreWork } from './range-workers.js';
import { loadRangeScorer, scoreRange } from './score-range.js';

// A thread of its own, with its own connection: reading, decoding and scoring all happen here.
const { uri, model, folder, now } = workerData as ScoreWork;
const store = await openStore(uri);
const scorer = await loadRangeScorer(model, folder);

parentPort?.on('message', (task: ScoreTask | null) => {
  if (task === null) {
    void store.connection.close().then(() => parentPort?.close());
    return;
  }
  scoreRange(store, scorer, { range: task.range, now }).then(
    (result) => parentPort?.postMessage({ index: task.index, ...result }),
    (error: unknown) => {
      throw error;
    },
  );
});
parentPort?.postMessage('ready');
