import { describe, expect, it } from 'vitest';
import { createTable, numericColumn } from '../tables/table.js';
import { seededRandom } from '../training/seeded-random.js';
import { counted, distributionOf, parseDriftReference, stabilityIndex } from './distribution.js';
import { driftReference, measureDrift } from './drift.js';

function customers(rows: number, shift: number, seed: number) {
  const random = seededRandom(seed);
  const gap = Float64Array.from({ length: rows }, () => random.normal() + shift);
  const orders = Float64Array.from({ length: rows }, () => Math.floor(5 * random.uniform()));
  const scores = gap.map((value) => 1 / (1 + Math.exp(-value)));
  return { table: createTable([numericColumn('gap', gap), numericColumn('orders', orders)]), scores };
}

describe('stabilityIndex', () => {
  it('is the sum over bins of the shares’ difference times the logarithm of their ratio', () => {
    const expected = { edges: [1], counts: [5000, 5000, 0] };
    const actual = { edges: [1], counts: [8000, 2000, 0] };
    const exact = 0.3 * Math.log(0.8 / 0.5) + -0.3 * Math.log(0.2 / 0.5);
    expect(stabilityIndex(expected, actual)).toBeCloseTo(exact, 2);
    expect(stabilityIndex(expected, expected)).toBe(0);
  });

  it('sees values go missing', () => {
    const values = Float64Array.from({ length: 1000 }, (_, i) => i);
    const before = distributionOf(values);
    const gone = values.map((value) => (value % 3 === 0 ? Number.NaN : value));
    expect(stabilityIndex(before, counted(before.edges, gone))).toBeGreaterThan(0.25);
  });
});

describe('measureDrift', () => {
  const before = customers(3000, 0, 1);
  const reference = driftReference(before.table, before.scores);

  it('finds the same population steady, from a stored reference too', () => {
    const stored = parseDriftReference(JSON.parse(JSON.stringify(reference)));
    const drift = measureDrift(stored, customers(3000, 0, 2), []);
    expect(drift).toMatchObject({ level: 'steady', reasons: [], rows: 3000 });
    expect(drift.score.psi).toBeLessThan(0.02);
  });

  it('names what moved', () => {
    const drift = measureDrift(reference, customers(3000, 1, 3), []);
    expect(drift.level).toBe('drifted');
    expect(drift.features[0]).toMatchObject({ name: 'gap', level: 'drifted' });
    expect(drift.features[1]).toMatchObject({ name: 'orders', level: 'steady' });
    expect(drift.reasons[0]).toMatch(/^scores moved: mean 0\.6\d+, was 0\.[45]\d+ \(PSI 0\.\d+\)$/);
  });

  it('hears when what was predicted did not come', () => {
    const month = { from: '2026-10-01', n: 400, predicted: 0.3, observed: 0.5, low: 0.45, high: 0.55 };
    const drift = measureDrift(reference, customers(3000, 0, 2), [month]);
    expect(drift.reasons).toEqual([
      'predicted 30.0 % from 2026-10-01 on, 50.0 % came (45.0 to 55.0 %, 400 cases)',
    ]);
    expect(measureDrift(reference, customers(3000, 0, 2), [{ ...month, predicted: 0.46 }]).level).toBe(
      'steady',
    );
  });
});
