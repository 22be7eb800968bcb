import * as tf from '@tensorflow/tfjs-core';
import { afterAll, describe, expect, it } from 'vitest';
import { loadBackend } from '../backends/load-backend.js';
import { encodeRows, writeInputs } from '../networks/encode-rows.js';
import { initialParameters } from '../networks/ensemble-shape.js';
import { encodedWidth } from '../networks/feature-encoding.js';
import { fitEncoding } from '../networks/fit-encoding.js';
import { loadLayersModel, membersFromArtifact, toLayersArtifact } from '../networks/layers-model.js';
import { syntheticTable } from '../testing/synthetic-table.js';
import { seededRandom } from '../training/seeded-random.js';
import { predictNetwork } from '../training/train-network.js';
import { CompiledScorer } from './compiled-scorer.js';

const { table } = syntheticTable(300, 2);
const encodings = fitEncoding(table);
const encoded = encodeRows(table, encodings);
const inputs = encodedWidth(encodings);
const shape = { inputs, members: 3, hidden: 12, layers: 3, outputs: 2 };
const means = new Float32Array(inputs).fill(0.3);
const parameters = initialParameters(shape, { means, spread: 4 }, seededRandom(1));
const all = Int32Array.from({ length: table.rows }, (_, row) => row);

function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return Array.from(a).reduce(
    (worst, value, i) => Math.max(worst, Math.abs(value - (b[i] ?? Number.NaN))),
    0,
  );
}

describe.each(['wasm', 'cpu'] as const)('the compiled scorer and TensorFlow.js on %s', (name) => {
  afterAll(async () => {
    await loadBackend({ order: ['wasm', 'cpu'] });
  });

  it('agree to 1e-5, for the trained network and for the stored model', async () => {
    const backend = await loadBackend({ order: [name] });
    expect(backend.name).toBe(name);
    const artifact = await toLayersArtifact([{ shape, parameters }]);
    const scorer = new CompiledScorer(membersFromArtifact(artifact), encodings);
    const compiled = scorer.score(encoded);
    expect(largestDifference(predictNetwork({ shape, parameters }, encoded, all), compiled)).toBeLessThan(
      1e-5,
    );
    const model = await loadLayersModel(artifact);
    const wide = new Float32Array(table.rows * inputs);
    writeInputs(encoded, all, wide);
    const stored = tf.tidy(() =>
      (model.predict(tf.tensor2d(wide, [table.rows, inputs])) as tf.Tensor).dataSync(),
    );
    model.dispose();
    expect(largestDifference(stored, compiled)).toBeLessThan(1e-5);
  });
});
