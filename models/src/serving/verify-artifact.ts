import * as tf from '@tensorflow/tfjs-core';
import { loadBackend } from '../backends/load-backend.js';
import { encodeRows } from '../networks/encode-rows.js';
import type { FeatureEncoding } from '../networks/feature-encoding.js';
import { loadLayersModel, membersFromArtifact } from '../networks/layers-model.js';
import type { ModelArtifact } from '../registry/model-artifact.js';
import { type Column, categoricalColumn, createTable, numericColumn } from '../tables/table.js';
import { CompiledScorer } from './compiled-scorer.js';

/** Largest difference between the compiled scorer, by vectors or in plain loops, and TensorFlow.js, per unit of output (at least 1). */
const PARITY_TOLERANCE = 1e-5;

/**
 * Compiles an artifact for serving and holds it against TensorFlow.js: the recorded inputs must give, in
 * TensorFlow.js and in the compiled loops, what was recorded in training.
 *
 * @throws Error when they differ by more than {@link PARITY_TOLERANCE}: such a model must not serve
 */
export async function compileVerified(artifact: ModelArtifact): Promise<CompiledScorer> {
  await loadBackend();
  const { features, recorded, name, version } = artifact.manifest;
  const scorer = new CompiledScorer(membersFromArtifact(artifact), features);
  const model = await loadLayersModel(artifact);
  try {
    recorded.forEach(({ inputs, outputs }, index) => {
      const compiled = scoreInputs(scorer, inputs);
      const reference = tf.tidy(() => {
        const answer = model.predict(tf.tensor2d(inputs, [1, inputs.length])) as tf.Tensor;
        return Array.from(answer.dataSync());
      });
      outputs.forEach((expected, output) => {
        const scale = Math.max(1, Math.abs(expected));
        const difference = Math.max(
          Math.abs((reference[output] ?? Number.NaN) - expected),
          Math.abs((compiled[output] ?? Number.NaN) - expected),
        );
        if (!(difference <= PARITY_TOLERANCE * scale)) {
          throw new Error(
            `Model ${name} ${version} is refused: on recorded vector ${index} training gave ${expected}, TensorFlow.js now gives ${reference[output]}, the compiled scorer ${compiled[output]} (allowed difference ${PARITY_TOLERANCE * scale}). The artifact is damaged or was changed; train again or roll back.`,
          );
        }
      });
    });
  } finally {
    model.dispose();
  }
  checkVectors(scorer, `${name} ${version}`);
  return scorer;
}

const PROBES = 16;

/** Holds what scores tables and candidates against the plain loops, on values across and beyond the range of every feature. */
function checkVectors(scorer: CompiledScorer, model: string): void {
  const probes = createTable(scorer.features.map(probesOf));
  const expected = scorer.score(encodeRows(probes, scorer.features));
  const found = scorer.scoreTable(probes);
  expected.forEach((value, at) => {
    const allowed = PARITY_TOLERANCE * Math.max(1, Math.abs(value));
    if (!(Math.abs((found[at] ?? Number.NaN) - value) <= allowed)) {
      throw new Error(
        `Model ${model} is refused: scoring by vectors gives ${found[at]} where plain loops give ${value} (allowed difference ${allowed}). Report this with the processor and the version of Node.js.`,
      );
    }
  });
}

/** Values across the range of a feature, beyond it, and missing. */
function probesOf(encoding: FeatureEncoding, place: number): Column {
  const rows = Array.from({ length: PROBES }, (_, row) => (row * (place + 1)) % (PROBES + 1));
  if (encoding.kind === 'categorical') {
    return categoricalColumn(
      encoding.name,
      rows.map((row) =>
        row === PROBES ? '' : (encoding.levels[row % (encoding.levels.length + 1)] ?? 'another'),
      ),
    );
  }
  const { mean, scale, edges } = encoding;
  const low = Math.min(mean - 4 * scale, edges[0] ?? mean);
  const high = Math.max(mean + 4 * scale, edges.at(-1) ?? mean);
  return numericColumn(
    encoding.name,
    rows.map((row) => (row === PROBES ? Number.NaN : low + ((high - low) * row) / (PROBES - 1))),
  );
}

/** The compiled outputs for one row of network inputs. */
function scoreInputs(scorer: CompiledScorer, inputs: readonly number[]): Float64Array {
  const sum = scorer.start();
  inputs.forEach((value, input) => {
    if (value !== 0) {
      scorer.addRow(input, value, sum);
    }
  });
  const result = new Float64Array(scorer.outputs);
  scorer.finish(sum, result, 0);
  return result;
}
