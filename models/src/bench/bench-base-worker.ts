import { parentPort, workerData } from 'node:worker_threads';
import { sigmoid } from '../calibration/calibrator.js';
import { CompiledScorer } from '../serving/compiled-scorer.js';
import type { BaseMessage, BaseTask } from './bench-base.js';

const { table, encodings, members, rows } = workerData as BaseTask;
const tell = (message: BaseMessage): void => parentPort?.postMessage(message);
const scorer = new CompiledScorer(members, encodings);

parentPort?.once('message', () => {
  let checksum = 0;
  for (let done = 0; done < rows; done += table.rows) {
    const scores = scorer.scoreTable(table);
    for (const score of scores) {
      checksum += sigmoid(score);
    }
    tell({ kind: 'scored', rows: table.rows });
  }
  tell({ kind: 'done', checksum });
});
tell({ kind: 'ready' });
