import { describe, expect, it } from 'vitest';
import { createTable, numericColumn } from '../tables/table.js';
import { fitSurvival } from './fit-survival.js';
import { fitValue } from './fit-value.js';
import { seededRandom } from './seeded-random.js';

const rows = 800;
const group = Float64Array.from({ length: rows }, (_, row) => row % 2);
const noise = seededRandom(3);
const table = createTable([
  numericColumn('group', group),
  numericColumn(
    'noise',
    Float64Array.from({ length: rows }, () => noise.normal()),
  ),
]);
const common = {
  table,
  seed: 1,
  name: 'test',
  version: 'test',
  trainedAt: '2026-01-01T00:00:00.000Z',
  bags: 1,
  recipe: { members: 2, hidden: 8, layers: 1, maxEpochs: 15, patience: 3, learningRate: 2e-2, dropout: 0 },
};
const both = createTable([numericColumn('group', [0, 1]), numericColumn('noise', [0, 0])]);

describe('fitSurvival', () => {
  it('finds the hazards of two groups, of which many were still there at the end', async () => {
    const random = seededRandom(9);
    const periods = 10;
    const times = new Int32Array(rows);
    const events = new Int32Array(rows);
    for (let row = 0; row < rows; row += 1) {
      const hazard = group[row] === 1 ? 0.2 : 0.04;
      const seen = 1 + random.below(periods);
      times[row] = seen;
      for (let period = 1; period <= seen; period += 1) {
        if (random.uniform() < hazard) {
          times[row] = period;
          events[row] = 1;
          break;
        }
      }
    }
    const model = await fitSurvival({ ...common, times, events, periods });
    const [slow = 0, fast = 0] = model.predict(both, 5);
    expect(Math.abs(slow - (1 - 0.96 ** 5))).toBeLessThan(0.08);
    expect(Math.abs(fast - (1 - 0.8 ** 5))).toBeLessThan(0.12);
    const [later = 0] = model.predict(both, 10);
    expect(later).toBeGreaterThan(slow);
  }, 120_000);

  it('refuses a time below one period', async () => {
    const wrong = { ...common, times: new Int32Array(rows), events: new Int32Array(rows), periods: 5 };
    await expect(fitSurvival(wrong)).rejects.toThrow(/time of row 0 .* got 0/);
  });
});

describe('fitValue', () => {
  it('finds how often there is an amount, and how large it is', async () => {
    const random = seededRandom(4);
    const amounts = Float64Array.from(group, (value) => {
      const share = value === 1 ? 0.8 : 0.3;
      return random.uniform() < share ? Math.exp((value === 1 ? 4 : 2) + 0.5 * random.normal()) : 0;
    });
    const model = await fitValue({ ...common, amounts });
    const { expected, probability } = model.predict(both);
    expect(Math.abs((probability[0] ?? 0) - 0.3)).toBeLessThan(0.12);
    expect(Math.abs((probability[1] ?? 0) - 0.8)).toBeLessThan(0.12);
    const truth = 0.8 * Math.exp(4 + 0.125);
    expect(Math.abs((expected[1] ?? 0) / truth - 1)).toBeLessThan(0.2);
  }, 120_000);

  it('refuses a negative amount', async () => {
    await expect(fitValue({ ...common, amounts: new Float64Array(rows).fill(-1) })).rejects.toThrow(/got -1/);
  });
});
