import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as layers from '@tensorflow/tfjs-layers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auc } from '../evaluation/ranking-metrics.js';
import { type BinaryClassifier, loadBinaryClassifier } from '../serving/binary-classifier.js';
import { createTable, selectRows } from '../tables/table.js';
import { syntheticTable } from '../testing/synthetic-table.js';
import { fitLogisticRegression } from './baselines.js';
import { type FitBinaryInput, fitBinaryClassifier } from './fit-binary-classifier.js';

const { table, labels } = syntheticTable(1500, 1);
const test = syntheticTable(2000, 2);
const input: FitBinaryInput = {
  table,
  labels,
  seed: 7,
  name: 'churn',
  version: 'test',
  trainedAt: '2026-01-01T00:00:00.000Z',
  bags: 1,
  recipe: { members: 4, hidden: 16, layers: 2, maxEpochs: 15, patience: 3, learningRate: 5e-3, dropout: 0.1 },
};

describe('fitBinaryClassifier', () => {
  let model: BinaryClassifier;
  let folder: string;

  beforeAll(async () => {
    model = await fitBinaryClassifier(input);
    folder = await mkdtemp(join(tmpdir(), 'segue-models-'));
    await model.save(folder);
  }, 120_000);

  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('ranks unseen rows better than logistic regression where the truth is bent', () => {
    const network = auc(test.labels, model.predict(test.table));
    const linear = auc(test.labels, fitLogisticRegression(table, labels).predict(test.table));
    const best = auc(test.labels, test.truth);
    expect(network).toBeGreaterThan(linear + 0.03);
    expect(network).toBeGreaterThan(best - 0.05);
  });

  it('gives probabilities that are right on average', () => {
    const predicted = model.predict(test.table);
    const mean = predicted.reduce((sum, p) => sum + p, 0) / predicted.length;
    const truth = test.truth.reduce((sum, p) => sum + p, 0) / test.truth.length;
    expect(Math.abs(mean - truth)).toBeLessThan(0.04);
  });

  it('scores the same after saving and loading', async () => {
    const loaded = await loadBinaryClassifier(folder);
    expect(loaded.predict(test.table)).toEqual(model.predict(test.table));
    expect(loaded.manifest).toEqual(model.manifest);
  });

  it('gives the same artifact for the same seed and data', async () => {
    const rows = Int32Array.from({ length: 300 }, (_, row) => row);
    const small = {
      ...input,
      table: selectRows(table, rows),
      labels: labels.slice(0, rows.length),
      recipe: { ...input.recipe, maxEpochs: 4 },
    };
    const hashes: string[] = [];
    for (const seed of [7, 7, 8]) {
      const { manifest } = await fitBinaryClassifier({ ...small, seed });
      hashes.push(manifest.artifactHash);
    }
    expect(hashes[1]).toBe(hashes[0]);
    expect(hashes[2]).not.toBe(hashes[0]);
  }, 120_000);

  it('refuses an artifact whose weights were changed', async () => {
    const broken = await mkdtemp(join(tmpdir(), 'segue-models-'));
    await model.save(broken);
    const weights = await readFile(join(broken, 'weights.bin'));
    weights.writeFloatLE(weights.readFloatLE(0) + 0.5, 0);
    for (let at = 0; at < weights.length; at += 64) {
      weights.writeFloatLE(weights.readFloatLE(at) * 1.1, at);
    }
    await writeFile(join(broken, 'weights.bin'), weights);
    await expect(loadBinaryClassifier(broken)).rejects.toThrow(/is refused: on recorded vector/);
    await rm(broken, { recursive: true });
  });

  it('refuses features it was not trained on', async () => {
    await expect(loadBinaryClassifier(folder, { featuresHash: 'other' })).rejects.toThrow(
      /trained on other features/,
    );
  });

  it('is an ordinary TensorFlow.js model on disk', async () => {
    const modelJson = JSON.parse(await readFile(join(folder, 'model.json'), 'utf8'));
    const loaded = await layers.models.modelFromJSON(modelJson.modelTopology);
    expect(loaded.inputs[0]?.shape).toEqual([null, model.scorer.features.reduce((n, f) => n + f.width, 0)]);
    loaded.dispose();
  });

  it('stops when aborted', async () => {
    await expect(fitBinaryClassifier({ ...input, signal: AbortSignal.abort() })).rejects.toThrow(/abort/i);
  });

  it('says what is missing when there is too little data', async () => {
    const few = [0, 1, 2, 3, 4];
    const tiny = { ...input, table: selectRows(table, few), labels: few.map((row) => labels[row] ?? 0) };
    await expect(fitBinaryClassifier(tiny)).rejects.toThrow(/at least 20 rows .* got 5 rows/);
    await expect(fitBinaryClassifier({ ...input, labels: new Int32Array(1500) })).rejects.toThrow(
      /0 of them positive/,
    );
    await expect(fitBinaryClassifier({ ...input, table: createTable([]) })).rejects.toThrow(
      /one label per row/,
    );
  });
});
