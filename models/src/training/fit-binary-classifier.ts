import { loadBackend } from '../backends/load-backend.js';
import { chooseCalibrator } from '../calibration/choose-calibrator.js';
import { encodeRows } from '../networks/encode-rows.js';
import { fitEncoding } from '../networks/fit-encoding.js';
import { buildArtifact } from '../registry/build-artifact.js';
import { BinaryClassifier } from '../serving/binary-classifier.js';
import { compileVerified } from '../serving/verify-artifact.js';
import { stratifiedFolds } from '../tables/stratified-folds.js';
import type { Table } from '../tables/table.js';
import { binaryHead } from './binary-head.js';
import { inputStatistics } from './input-statistics.js';
import { type TrainProgress, trainEnsemble } from './train-ensemble.js';
import { DEFAULT_RECIPE, type TrainingRecipe } from './train-network.js';

export interface FitBinaryInput {
  /** Features; the label is not among them. */
  readonly table: Table;
  /** 1 or 0 per row. */
  readonly labels: ArrayLike<number>;
  /** Rows with the same number are never split between training and early stopping (same customer, duplicates). */
  readonly groups?: ArrayLike<number> | undefined;
  /** Any whole number; same seed, data and backend give the same artifact. */
  readonly seed: number;
  /** What the model predicts, e.g. `churn`. */
  readonly name: string;
  readonly version: string;
  /** ISO 8601, for the manifest. */
  readonly trainedAt: string;
  /** Training stops at the best epochs so far when this is over; default 300. A run cut short may not repeat exactly. */
  readonly budgetSeconds?: number | undefined;
  /** Networks in the final ensemble, each trained on all rows; default 2. */
  readonly bags?: number | undefined;
  /** Changes to the default recipe, e.g. smaller networks for faster serving. */
  readonly recipe?: Partial<TrainingRecipe> | undefined;
  /** Hash of the feature definitions; when left out, that of names and kinds of the columns. */
  readonly featuresHash?: string | undefined;
  readonly dataWindow?: { readonly from: string; readonly to: string } | undefined;
  readonly dataSource?: string | undefined;
  readonly onProgress?: ((progress: TrainProgress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds on a steady clock; `performance.now` unless told. */
  readonly clock?: (() => number) | undefined;
}

const DEFAULT_BAGS = 2;
const INNER_FOLDS = 4;
/** From so many rows on, two folds are probe enough for stopping and calibration. */
const MANY_ROWS = 3000;
const MIN_ROWS = 20;
const MIN_PER_CLASS = 5;

/**
 * Fits the default network to a table with a yes/no label: encodes, trains (see {@link trainEnsemble}), chooses a
 * calibrator on the out-of-fold scores, and compiles the result, checked against TensorFlow.js.
 *
 * @throws Error when there are too few rows, a label is not 0 or 1, or only one class occurs
 */
export async function fitBinaryClassifier(input: FitBinaryInput): Promise<BinaryClassifier> {
  const positives = checkLabels(input);
  const backend = await loadBackend();
  const { table, labels, seed } = input;
  const recipe: TrainingRecipe = { ...DEFAULT_RECIPE, ...input.recipe };
  const rarer = Math.min(positives, table.rows - positives);
  const innerFolds = Math.max(2, Math.min(INNER_FOLDS, Math.floor(rarer / 2)));
  const folds = stratifiedFolds(labels, { folds: innerFolds, seed, groups: input.groups });
  const encodings = fitEncoding(table);
  if (encodings.length === 0) {
    throw new Error(
      'Expected at least one column that varies, got none. Check the columns that are not ignored.',
    );
  }
  const { networks, outOfFold } = await trainEnsemble({
    table,
    encodings,
    head: binaryHead(labels),
    folds,
    probes: table.rows >= MANY_ROWS ? 2 : innerFolds,
    bags: input.bags ?? DEFAULT_BAGS,
    recipe,
    seed,
    budgetMs: (input.budgetSeconds ?? 300) * 1000,
    clock: input.clock ?? (() => performance.now()),
    onProgress: input.onProgress,
    signal: input.signal,
  });
  const probed = Array.from(outOfFold.keys()).filter((row) => !Number.isNaN(outOfFold[row]));
  const chosen = chooseCalibrator(
    {
      logits: Float32Array.from(probed, (row) => outOfFold[row] ?? 0),
      labels: Int32Array.from(probed, (row) => labels[row] ?? 0),
    },
    seed,
  );
  const encoded = encodeRows(table, encodings);
  const { means } = inputStatistics(
    encoded,
    Int32Array.from({ length: table.rows }, (_, row) => row),
  );
  const artifact = await buildArtifact({
    ...input,
    kind: 'binary',
    positives,
    backend,
    networks,
    encodings,
    encoded,
    inputMeans: means,
    calibrator: chosen.calibrator,
    calibrationLogLoss: chosen.heldOutLogLoss,
  });
  return new BinaryClassifier(artifact, await compileVerified(artifact), {
    outOfTime: networks.some((network) => network.outOfTime),
  });
}

function checkLabels({ table, labels }: FitBinaryInput): number {
  if (labels.length !== table.rows) {
    throw new Error(`Expected one label per row, got ${labels.length} labels for ${table.rows} rows`);
  }
  let positives = 0;
  for (let row = 0; row < labels.length; row += 1) {
    const label = labels[row];
    if (label !== 0 && label !== 1) {
      throw new Error(`Expected label of row ${row} to be 0 or 1, got ${label}`);
    }
    positives += label;
  }
  if (table.rows < MIN_ROWS || positives < MIN_PER_CLASS || table.rows - positives < MIN_PER_CLASS) {
    throw new Error(
      `Expected at least ${MIN_ROWS} rows with ${MIN_PER_CLASS} of each class to train on, got ${table.rows} rows, ${positives} of them positive. Add more data, or check which value counts as positive.`,
    );
  }
  return positives;
}
