import { describe, expect, it } from 'vitest';
import { createTable, numericColumn } from '../tables/table.js';
import { knownAmounts } from '../training/amount-targets.js';
import { seededRandom } from '../training/seeded-random.js';
import { correlation } from '../value/correlation.js';
import { fitBlendedValue } from './fit-blended-value.js';

/** A few customers whose amounts hang on one column of many, under much noise. */
function noisyShop(rows: number) {
  const random = seededRandom(11);
  const columns = Array.from({ length: 12 }, () => Array.from({ length: rows }, () => random.normal()));
  const signal = columns[0] ?? [];
  const amounts = signal.map((x) =>
    random.uniform() < 1 / (1 + Math.exp(-x)) ? Math.exp(3 + 0.5 * x + random.normal()) : 0,
  );
  const table = createTable(columns.map((values, i) => numericColumn(`c${i}`, values)));
  return { table, amounts, signal };
}

const common = { seed: 1, name: 'value', version: 'v1', trainedAt: '2026-01-01', bags: 1 };
const recipe = { members: 2, hidden: 8, layers: 1, maxEpochs: 3, startingSpread: 0.05 };

describe('fitBlendedValue', { timeout: 60_000 }, () => {
  it('tells customers apart where networks alone have hardly begun to', async () => {
    const { table, amounts, signal } = noisyShop(400);
    const model = await fitBlendedValue({ ...common, table, amounts, recipe });
    const expected = model.predict(table).expected.map(Math.log);
    expect(correlation(expected, signal)).toBeGreaterThan(0.8);
    expect(model.manifest.notes['blend']).toMatchObject({ linear: expect.any(Number) });
  });

  it('learns what a teacher knows beside what came', async () => {
    const { table, amounts, signal } = noisyShop(120);
    const teacher = {
      ...knownAmounts(amounts),
      any: Float64Array.from(signal, (x) => 1 / (1 + Math.exp(-x))),
      mean: Float64Array.from(signal, (x) => 3 + 0.5 * x),
      variance: new Float64Array(amounts.length).fill(1),
    };
    const alone = await fitBlendedValue({ ...common, table, amounts, recipe });
    const taught = await fitBlendedValue({ ...common, table, amounts, recipe, teacher });
    const knows = (model: typeof alone) => correlation(model.predict(table).expected.map(Math.log), signal);
    expect(knows(taught)).toBeGreaterThan(knows(alone));
  });
});
