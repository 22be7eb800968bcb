import { calibrate } from '../calibration/calibrator.js';
import type { BinaryMetrics } from '../evaluation/evaluate-binary.js';
import { BINARY_METRIC_NAMES } from '../evaluation/evaluate-binary.js';
import { encodeRows } from '../networks/encode-rows.js';
import type { Manifest } from '../registry/manifest.js';
import { type ModelArtifact, readArtifact, saveArtifact } from '../registry/model-artifact.js';
import type { Table } from '../tables/table.js';
import type { CompiledScorer } from './compiled-scorer.js';
import { compileVerified } from './verify-artifact.js';

/** A trained yes/no model, ready to score. Made by `fitBinaryClassifier` or {@link loadBinaryClassifier}. */
export class BinaryClassifier {
  /** Whether training was cut short by its time budget; another run may then give another model. */
  readonly outOfTime: boolean;
  private stored: ModelArtifact;

  constructor(
    artifact: ModelArtifact,
    readonly scorer: CompiledScorer,
    training: { readonly outOfTime?: boolean } = {},
  ) {
    if (artifact.manifest.kind !== 'binary') {
      throw new Error(`Expected a model of kind "binary", got "${artifact.manifest.kind}"`);
    }
    this.stored = artifact;
    this.outOfTime = training.outOfTime ?? false;
  }

  get manifest(): Manifest {
    return this.stored.manifest;
  }

  /** Calibrated probability of the positive class per row. Columns are found by name, extra ones ignored. */
  predict(table: Table): Float64Array {
    return this.logits(table).map((logit) => calibrate(this.manifest.calibrator, logit));
  }

  /** Raw log odds per row, before calibration. */
  logits(table: Table): Float64Array {
    return this.scorer.score(encodeRows(table, this.manifest.features));
  }

  /** Writes test metrics, those of baselines (by their names), and notes into the manifest. */
  describe(evaluation: {
    readonly metrics?: BinaryMetrics;
    readonly baselines?: Readonly<Record<string, BinaryMetrics>>;
    readonly notes?: Manifest['notes'];
  }): void {
    const { metrics, baselines, notes } = evaluation;
    this.stored = {
      ...this.stored,
      manifest: {
        ...this.manifest,
        ...(metrics && { metrics: storedMetrics(metrics) }),
        ...(baselines && {
          baselines: Object.fromEntries(
            Object.entries(baselines).map(([name, figures]) => [name, storedMetrics(figures)]),
          ),
        }),
        ...(notes && { notes: { ...this.manifest.notes, ...notes } }),
      },
    };
  }

  toArtifact(): ModelArtifact {
    return this.stored;
  }

  /** Writes `model.json`, `weights.bin` and `manifest.json` into the folder. */
  save(folder: string): Promise<void> {
    return saveArtifact(this.stored, folder);
  }
}

/**
 * Reads a model from its folder and checks it against TensorFlow.js.
 *
 * @param expected when given, the hash of the features the caller will hand in
 * @throws Error when files are missing or damaged, the features don't match, or the check fails
 */
export async function loadBinaryClassifier(
  folder: string,
  expected: { readonly featuresHash?: string } = {},
): Promise<BinaryClassifier> {
  return binaryClassifierFrom(await readArtifact(folder), expected);
}

/** As {@link loadBinaryClassifier}, for an artifact that is already in memory (e.g. read from the store). */
export async function binaryClassifierFrom(
  artifact: ModelArtifact,
  expected: { readonly featuresHash?: string } = {},
): Promise<BinaryClassifier> {
  const { name, version, featuresHash } = artifact.manifest;
  if (expected.featuresHash !== undefined && expected.featuresHash !== featuresHash) {
    throw new Error(
      `Model ${name} ${version} was trained on other features (${featuresHash.slice(0, 12)}) than this version computes (${expected.featuresHash.slice(0, 12)}). Train it again.`,
    );
  }
  return new BinaryClassifier(artifact, await compileVerified(artifact));
}

function storedMetrics(metrics: BinaryMetrics): Manifest['metrics'] {
  const known = (value: number): number | null => (Number.isFinite(value) ? value : null);
  return Object.fromEntries(
    BINARY_METRIC_NAMES.map((name) => {
      const { value, low, high } = metrics[name];
      return [name, { value: known(value), low: known(low), high: known(high) }];
    }),
  );
}
