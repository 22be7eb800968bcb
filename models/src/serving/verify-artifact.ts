import * as tf from '@tensorflow/tfjs-core';
import { loadBackend } from '../backends/load-backend.js';
import { loadLayersModel, membersFromArtifact } from '../networks/layers-model.js';
import type { ModelArtifact } from '../registry/model-artifact.js';
import { CompiledScorer } from './compiled-scorer.js';

/** Largest difference between the compiled scorer and TensorFlow.js, per unit of output (at least 1). */
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
  return scorer;
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
