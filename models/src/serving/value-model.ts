import type { Manifest } from '../registry/manifest.js';
import { type ModelArtifact, readArtifact, saveArtifact } from '../registry/model-artifact.js';
import type { Table } from '../tables/table.js';
import { lognormalMoments } from '../training/lognormal-head.js';
import type { CompiledScorer } from './compiled-scorer.js';
import { compileVerified } from './verify-artifact.js';

/** Expected amounts per row, from a zero-inflated lognormal network. */
export class ValueModel {
  constructor(
    private readonly stored: ModelArtifact,
    readonly scorer: CompiledScorer,
  ) {
    if (stored.manifest.kind !== 'zero-inflated-lognormal') {
      throw new Error(`Expected a model of kind "zero-inflated-lognormal", got "${stored.manifest.kind}"`);
    }
  }

  get manifest(): Manifest {
    return this.stored.manifest;
  }

  /** Expected amount per row, in the unit of training, and the probability that it is above zero. */
  predict(table: Table): { readonly expected: Float64Array; readonly probability: Float64Array } {
    const outputs = this.scorer.scoreTable(table);
    const moments = Array.from({ length: table.rows }, (_, row) => lognormalMoments(outputs, row * 3));
    return {
      expected: Float64Array.from(moments, ({ expected }) => expected),
      probability: Float64Array.from(moments, ({ probability }) => probability),
    };
  }

  toArtifact(): ModelArtifact {
    return this.stored;
  }

  save(folder: string): Promise<void> {
    return saveArtifact(this.stored, folder);
  }
}

/** @throws Error when files are missing or damaged, or the check against TensorFlow.js fails */
export async function loadValueModel(folder: string): Promise<ValueModel> {
  const artifact = await readArtifact(folder);
  return new ValueModel(artifact, await compileVerified(artifact));
}
