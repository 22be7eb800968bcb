import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { foldRows, stratifiedFolds } from '../tables/stratified-folds.js';
import { selectRows, type Table } from '../tables/table.js';
import { fitBaseRate, fitLogisticRegression } from './baselines.js';
import { type FitBinaryInput, fitBinaryClassifier } from './fit-binary-classifier.js';
import type { TrainProgress } from './train-ensemble.js';
import type { TrainingRecipe } from './train-network.js';

export interface CrossValidateInput {
  readonly table: Table;
  readonly labels: Int32Array;
  /** Rows with the same number stay on one side of every split. */
  readonly groups?: Int32Array | undefined;
  readonly folds: number;
  readonly seed: number;
  /** For all folds together. */
  readonly budgetSeconds: number;
  readonly recipe?: Partial<TrainingRecipe> | undefined;
  readonly bags?: number | undefined;
  /** Threads that train folds side by side; the number of cores unless told. 0 trains in this thread. */
  readonly workers?: number | undefined;
  readonly onProgress?: ((progress: TrainProgress) => void) | undefined;
}

export interface FoldResult {
  readonly fold: number;
  /** Rows of the table that were tested. */
  readonly rows: Int32Array;
  /** Predicted probability per tested row, by model name: `network`, `logisticRegression`, `baseRate`. */
  readonly probabilities: Readonly<Record<ModelName, Float64Array>>;
  readonly outOfTime: boolean;
}

export type ModelName = 'network' | 'logisticRegression' | 'baseRate';

export interface CrossValidation {
  readonly folds: readonly FoldResult[];
  /** Fold per row. */
  readonly foldOf: Int32Array;
}

/** What a worker is handed: everything of one fold. */
export interface FoldTask {
  readonly fold: number;
  readonly train: Table;
  readonly trainLabels: Int32Array;
  readonly groups: Int32Array | undefined;
  readonly test: Table;
  readonly testRows: Int32Array;
  readonly settings: Pick<FitBinaryInput, 'seed' | 'budgetSeconds' | 'recipe' | 'bags' | 'taught'>;
}

/** Trains and tests on stratified folds, the baselines beside the network, on as many threads as there are cores. */
export async function crossValidate(input: CrossValidateInput): Promise<CrossValidation> {
  const { labels, folds, seed, groups } = input;
  const foldOf = stratifiedFolds(labels, { folds, seed, groups });
  const { lanes, run } = foldRunner(input.workers, folds);
  const progress = new Float64Array(folds);
  const tasks = Array.from({ length: folds }, (_, fold) => foldTask(input, foldOf, fold));
  const report = (fold: number, { done, message }: TrainProgress): void => {
    progress[fold] = done;
    input.onProgress?.({
      done: progress.reduce((sum, share) => sum + share, 0) / folds,
      message: `fold ${fold + 1} of ${folds}: ${message}`,
    });
  };
  const ends = performance.now() + input.budgetSeconds * 1000;
  const results: FoldResult[] = [];
  const queue = [...tasks];
  const lane = async (): Promise<void> => {
    for (let task = queue.shift(); task !== undefined; task = queue.shift()) {
      const { fold } = task;
      // What earlier folds left of the budget goes to the later ones.
      const rounds = Math.ceil((queue.length + 1) / lanes);
      const budgetSeconds = (ends - performance.now()) / 1000 / rounds;
      const timed = { ...task, settings: { ...task.settings, budgetSeconds } };
      results.push(await run(timed, (state) => report(fold, state)));
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  results.sort((a, b) => a.fold - b.fold);
  return { folds: results, foldOf };
}

type FoldSource = Pick<CrossValidateInput, 'table' | 'labels' | 'groups' | 'seed' | 'recipe' | 'bags'> & {
  readonly taught?: boolean | undefined;
};

/** What training and testing one fold needs. @param foldOf fold per row */
export function foldTask(
  { table, labels, groups, seed, recipe, bags, taught }: FoldSource,
  foldOf: Int32Array,
  fold: number,
): FoldTask {
  const { inside, outside } = foldRows(foldOf, fold);
  return {
    fold,
    train: selectRows(table, outside),
    trainLabels: Int32Array.from(outside, (row) => labels[row] ?? 0),
    groups: groups && Int32Array.from(outside, (row) => groups[row] ?? row),
    test: selectRows(table, inside),
    testRows: inside,
    settings: { seed, recipe, bags, taught },
  };
}

export interface FoldRunner {
  /** Folds that train side by side, at least 1. */
  readonly lanes: number;
  readonly run: (task: FoldTask, onProgress: (progress: TrainProgress) => void) => Promise<FoldResult>;
}

/** Trains folds on threads where there are any. @param workers as {@link CrossValidateInput} has them */
export function foldRunner(workers: number | undefined, most: number): FoldRunner {
  const threads = Math.min(most, workersFor(workers));
  return threads === 0 ? { lanes: 1, run: runFold } : { lanes: threads, run: runInWorker };
}

/** Trains and tests one fold in this thread. */
export async function runFold(
  task: FoldTask,
  onProgress: (progress: TrainProgress) => void,
): Promise<FoldResult> {
  const { train, trainLabels, test } = task;
  const model = await fitBinaryClassifier({
    ...task.settings,
    table: train,
    labels: trainLabels,
    groups: task.groups,
    thorough: true,
    name: 'fold',
    version: `fold-${task.fold}`,
    trainedAt: '',
    onProgress,
  });
  return {
    fold: task.fold,
    rows: task.testRows,
    probabilities: {
      network: model.predict(test),
      logisticRegression: fitLogisticRegression(train, trainLabels).predict(test),
      baseRate: fitBaseRate(trainLabels).predict(test),
    },
    outOfTime: model.outOfTime,
  };
}

const workerFile = new URL('./cross-validation-worker.js', import.meta.url);

function workersFor(wanted: number | undefined): number {
  // Run from the TypeScript sources (in tests) there is no file a worker could start from.
  return existsSync(fileURLToPath(workerFile)) ? (wanted ?? availableParallelism()) : 0;
}

export type WorkerMessage =
  | { readonly kind: 'progress'; readonly progress: TrainProgress }
  | { readonly kind: 'result'; readonly result: FoldResult };

function runInWorker(task: FoldTask, onProgress: (progress: TrainProgress) => void): Promise<FoldResult> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(workerFile, { workerData: task });
    worker.on('message', (message: WorkerMessage) => {
      if (message.kind === 'progress') {
        onProgress(message.progress);
      } else {
        resolve(message.result);
      }
    });
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`A training thread ended early with code ${code}`)));
  });
}
