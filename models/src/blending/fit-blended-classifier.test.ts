import { describe, expect, it } from 'vitest';
import { encodeRows } from '../networks/encode-rows.js';
import { Attributor } from '../reasons/attributor.js';
import { createTable, numericColumn } from '../tables/table.js';
import { seededRandom } from '../training/seeded-random.js';
import { fitBlendedClassifier, fitLinear } from './fit-blended-classifier.js';
import { linearLogits } from './ridge-regression.js';

/** Log odds x - y; z is noise and sometimes missing. */
function linearWorld(rows: number) {
  const random = seededRandom(5);
  const draw = () => Array.from({ length: rows }, () => random.normal());
  const [x, y, z] = [draw(), draw(), draw().map((value) => (value > 1 ? Number.NaN : value))];
  const table = createTable([numericColumn('x', x), numericColumn('y', y), numericColumn('z', z)]);
  const labels = Uint8Array.from(x, (value, row) =>
    random.uniform() < 1 / (1 + Math.exp((y[row] ?? 0) - value)) ? 1 : 0,
  );
  return { table, labels };
}

describe('fitBlendedClassifier', { timeout: 60_000 }, () => {
  it('leans on the regression where the truth is linear, and the artifact is a checked network', async () => {
    const { table, labels } = linearWorld(1500);
    const { classifier, blend } = await fitBlendedClassifier({
      table,
      labels,
      seed: 1,
      name: 'linear',
      version: 'v1',
      trainedAt: '2026-01-01',
      validationRows: Int32Array.from({ length: 400 }, (_, row) => row),
      calibrates: true,
      recipe: { members: 2, hidden: 8, maxEpochs: 8 },
    });
    expect(blend.linear).toBeGreaterThanOrEqual(0.4);
    expect(blend.validation.blend).toBeLessThanOrEqual(blend.validation.network);
    const encoded = encodeRows(table, classifier.manifest.features);
    const rows = Int32Array.from({ length: 1500 }, (_, row) => row);
    const linear = linearLogits(encoded, fitLinear(encoded, labels, rows), rows);
    const blended = classifier.logits(table);
    const off = Math.max(...linear.map((logit, row) => Math.abs(logit - (blended[row] ?? 0))));
    expect(off).toBeLessThan(blend.linear === 1 ? 1e-4 : 2);
    expect(linear[0]).not.toBe(linear[1]);
  });

  it('keeps to a weight it is told, and else chooses one on the rows that networks held out', async () => {
    const { table, labels } = linearWorld(400);
    const common = { table, labels, seed: 1, name: 'linear', version: 'v1', trainedAt: '2026-01-01' };
    const recipe = { members: 2, hidden: 8, maxEpochs: 4 };
    const told = await fitBlendedClassifier({ ...common, calibrates: false, recipe, bags: 1, weight: 0.5 });
    expect(told.blend.linear).toBe(0.5);
    expect(told.classifier.manifest.calibrator).toEqual({ kind: 'platt', slope: 1, intercept: 0 });
    const chosen = await fitBlendedClassifier({ ...common, calibrates: false, recipe, bags: 1 });
    // Four epochs teach a network little; the truth is linear.
    expect(chosen.blend.linear).toBeGreaterThan(0.5);
    expect(chosen.blend.validation.blend).toBeLessThan(chosen.blend.validation.network);
  });

  it('attributes exactly: contributions add up to the difference from the average', async () => {
    const { table, labels } = linearWorld(300);
    const { classifier } = await fitBlendedClassifier({
      table,
      labels,
      seed: 1,
      name: 'linear',
      version: 'v1',
      trainedAt: '2026-01-01',
      validationRows: Int32Array.from({ length: 100 }, (_, row) => row),
      calibrates: true,
      recipe: { members: 2, hidden: 8, maxEpochs: 4 },
    });
    const attributor = new Attributor(classifier.toArtifact(), classifier.scorer);
    const encoded = encodeRows(table, classifier.manifest.features);
    for (const row of [0, 7, 123]) {
      const inputs = encoded.features.map((feature) => ({ feature, row }));
      const { base, logit, contributions } = attributor.explain(inputs);
      const sum = [...contributions.values()].reduce((total, value) => total + value, 0);
      expect(sum).toBeCloseTo(logit - base, 9);
      expect(logit).toBeCloseTo(classifier.scorer.score(encoded)[row] ?? Number.NaN, 9);
      // Tables are scored in 32-bit numbers.
      expect(logit).toBeCloseTo(classifier.logits(table)[row] ?? Number.NaN, 6);
    }
  });
});
