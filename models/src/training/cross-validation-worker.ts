import { parentPort, workerData } from 'node:worker_threads';
import { type FoldTask, runFold, type WorkerMessage } from './cross-validate.js';

/** The thread that trains one fold; started by `crossValidate`. */
const send = (message: WorkerMessage): void => parentPort?.postMessage(message);
const result = await runFold(workerData as FoldTask, (progress) => send({ kind: 'progress', progress }));
send({ kind: 'result', result });
