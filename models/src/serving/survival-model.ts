import { sigmoid } from '../calibration/calibrator.js';
import type { Manifest } from '../registry/manifest.js';
import { type ModelArtifact, readArtifact, saveArtifact } from '../registry/model-artifact.js';
import type { Table } from '../tables/table.js';
import { SURVIVAL_KNOTS, survivalBasis } from '../training/survival-head.js';
import type { CompiledScorer } from './compiled-scorer.js';
import { compileVerified } from './verify-artifact.js';

/** Answers "gone by when" for any number of periods up to `periods`. */
export class SurvivalModel {
  readonly periods: number;
  private readonly basis: Float32Array;

  constructor(
    private readonly stored: ModelArtifact,
    readonly scorer: CompiledScorer,
  ) {
    const periods = stored.manifest.notes['periods'];
    if (stored.manifest.kind !== 'survival' || typeof periods !== 'number') {
      throw new Error(`Expected a model of kind "survival", got "${stored.manifest.kind}"`);
    }
    this.periods = periods;
    this.basis = survivalBasis(periods);
  }

  get manifest(): Manifest {
    return this.stored.manifest;
  }

  /** Probability of leaving in each period, given that it was reached: `rows x periods`, row-major. */
  hazards(table: Table): Float64Array {
    const { periods } = this;
    const knots = this.scorer.scoreTable(table);
    const result = new Float64Array(table.rows * periods);
    for (let row = 0; row < table.rows; row += 1) {
      const ofRow = knots.subarray(row * SURVIVAL_KNOTS, (row + 1) * SURVIVAL_KNOTS);
      for (let period = 0; period < periods; period += 1) {
        result[row * periods + period] = this.hazard(ofRow, period);
      }
    }
    return result;
  }

  /** Probability of having left within the first `within` periods, per row. */
  predict(table: Table, within: number): Float64Array {
    if (!Number.isInteger(within) || within < 1 || within > this.periods) {
      throw new Error(`Expected "within" to be a whole number from 1 to ${this.periods}, got ${within}`);
    }
    const knots = this.scorer.scoreTable(table);
    return Float64Array.from({ length: table.rows }, (_, row) =>
      this.leftWithin(knots.subarray(row * SURVIVAL_KNOTS, (row + 1) * SURVIVAL_KNOTS), within),
    );
  }

  /** Probability of having left within the first `within` periods, from the network's outputs for one row. */
  leftWithin(knots: Float64Array, within: number): number {
    let staying = 1;
    for (let period = 0; period < within; period += 1) {
      staying *= 1 - this.hazard(knots, period);
    }
    return 1 - staying;
  }

  private hazard(knots: Float64Array, period: number): number {
    let logit = 0;
    for (let knot = 0; knot < SURVIVAL_KNOTS; knot += 1) {
      logit += (knots[knot] ?? 0) * (this.basis[knot * this.periods + period] ?? 0);
    }
    return sigmoid(logit);
  }

  toArtifact(): ModelArtifact {
    return this.stored;
  }

  save(folder: string): Promise<void> {
    return saveArtifact(this.stored, folder);
  }
}

/** @throws Error when files are missing or damaged, or the check against TensorFlow.js fails */
export async function loadSurvivalModel(folder: string): Promise<SurvivalModel> {
  const artifact = await readArtifact(folder);
  return new SurvivalModel(artifact, await compileVerified(artifact));
}
