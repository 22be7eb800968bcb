import { loadBackend } from '../backends/load-backend.js';
import type { ChosenCalibrator } from '../calibration/choose-calibrator.js';
import { encodeRows } from '../networks/encode-rows.js';
import { fitEncoding } from '../networks/fit-encoding.js';
import { buildArtifact } from '../registry/build-artifact.js';
import type { Manifest } from '../registry/manifest.js';
import type { ModelArtifact } from '../registry/model-artifact.js';
import type { CompiledScorer } from '../serving/compiled-scorer.js';
import { compileVerified } from '../serving/verify-artifact.js';
import { stratifiedFolds } from '../tables/stratified-folds.js';
import type { Table } from '../tables/table.js';
import type { Head } from './head.js';
import { inputStatistics } from './input-statistics.js';
import { type TrainProgress, trainEnsemble } from './train-ensemble.js';
import { DEFAULT_RECIPE, type TrainingRecipe } from './train-network.js';

/** What fitting needs to know, whatever is predicted. */
export interface FitInput {
  /** Features; what is predicted is not among them. */
  readonly table: Table;
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
  /** Networks in the final ensemble, each trained on all rows; default 2, 1 from 15,000 rows on. */
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

export interface Target {
  readonly kind: Manifest['kind'];
  readonly head: Head;
  /** Where the head depends on the rows it trains on: from the folds to such heads. */
  readonly headsFor?: ((folds: Int32Array) => (trainRows: Int32Array) => Head) | undefined;
  /** What is predicted, per row, as it enters the data fingerprint. */
  readonly labels: ArrayLike<number>;
  /** 1 or 0 per row: kept in proportion in every fold. */
  readonly classes: ArrayLike<number>;
  /** Chooses calibration from out-of-sample outputs (`rows x outputs`, NaN where a row was not probed). */
  readonly calibrate: (outOfFold: Float32Array) => ChosenCalibrator;
  readonly notes?: Manifest['notes'];
}

export interface FittedNetworks {
  readonly artifact: ModelArtifact;
  readonly scorer: CompiledScorer;
  readonly outOfTime: boolean;
  /** Raw outputs of rows held out, from networks that did not see them: `rows x outputs`, NaN where none was asked. */
  readonly outOfFold: Float32Array;
  /** Fold per row; the rows of a fold were held out together. */
  readonly folds: Int32Array;
}

const DEFAULT_BAGS = 2;
const INNER_FOLDS = 4;
/** From so many rows on, two folds are probe enough for stopping and calibration, and from so many on, one. */
const MANY_ROWS = 3000;
const VERY_MANY_ROWS = 8000;
/** From so many rows on one network is as good as the mean of two. */
const ONE_NETWORK_ROWS = 15_000;

/**
 * Encodes a table, trains the networks for a target (see {@link trainEnsemble}), and compiles them, checked against
 * TensorFlow.js.
 *
 * @throws Error when no column varies, or a class has too few rows
 */
export async function fitNetworks(input: FitInput, target: Target): Promise<FittedNetworks> {
  const backend = await loadBackend();
  const { table, seed } = input;
  const recipe: TrainingRecipe = { ...DEFAULT_RECIPE, ...input.recipe };
  const positives = Array.from(target.classes).reduce((sum, label) => sum + label, 0);
  const rarer = Math.min(positives, table.rows - positives);
  const innerFolds = Math.max(2, Math.min(INNER_FOLDS, Math.floor(rarer / 2)));
  const folds = stratifiedFolds(target.classes, { folds: innerFolds, seed, groups: input.groups });
  const encodings = fitEncoding(table);
  if (encodings.length === 0) {
    throw new Error(
      'Expected at least one column that varies, got none. Check the columns that are not ignored.',
    );
  }
  const { networks, outOfFold } = await trainEnsemble({
    table,
    encodings,
    head: target.head,
    headFor: target.headsFor?.(folds),
    folds,
    probes: probesFor(table.rows, innerFolds),
    bags: input.bags ?? (table.rows >= ONE_NETWORK_ROWS ? 1 : DEFAULT_BAGS),
    recipe,
    seed,
    budgetMs: (input.budgetSeconds ?? 300) * 1000,
    clock: input.clock ?? (() => performance.now()),
    onProgress: input.onProgress,
    signal: input.signal,
  });
  const chosen = target.calibrate(outOfFold);
  const encoded = encodeRows(table, encodings);
  const all = Int32Array.from({ length: table.rows }, (_, row) => row);
  const artifact = await buildArtifact({
    ...input,
    kind: target.kind,
    labels: target.labels,
    positives,
    backend,
    networks,
    encodings,
    encoded,
    inputMeans: inputStatistics(encoded, all).means,
    calibrator: chosen.calibrator,
    calibrationLogLoss: chosen.heldOutLogLoss,
    notes: target.notes ?? {},
  });
  return {
    artifact,
    scorer: await compileVerified(artifact),
    outOfTime: networks.some((network) => network.outOfTime),
    outOfFold,
    folds,
  };
}

function probesFor(rows: number, innerFolds: number): number {
  if (rows >= VERY_MANY_ROWS) {
    return 1;
  }
  return rows >= MANY_ROWS ? 2 : innerFolds;
}
