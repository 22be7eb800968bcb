import { calibrate } from '../calibration/calibrator.js';
import { type ArtifactDescription, describeArtifact } from '../registry/describe-artifact.js';
import type { Manifest } from '../registry/manifest.js';
import { type ModelArtifact, readArtifact, saveArtifact } from '../registry/model-artifact.js';
import type { Table } from '../tables/table.js';
import { checkFeatures } from './check-features.js';
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
    return this.scorer.scoreTable(table);
  }

  /** Writes test metrics, those of baselines (by their names), and notes into the manifest. */
  describe(description: ArtifactDescription): void {
    this.stored = describeArtifact(this.stored, description);
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
  if (expected.featuresHash !== undefined) {
    checkFeatures(artifact.manifest, expected.featuresHash);
  }
  return new BinaryClassifier(artifact, await compileVerified(artifact));
}
