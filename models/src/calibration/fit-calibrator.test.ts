import { describe, expect, it } from 'vitest';
import { seededRandom } from '../training/seeded-random.js';
import { calibrate, sigmoid } from './calibrator.js';
import { chooseCalibrator } from './choose-calibrator.js';
import { fitCalibrator } from './fit-calibrator.js';

function drawn(rows: number, truth: (logit: number) => number): { logits: Float64Array; labels: Int32Array } {
  const random = seededRandom(5);
  const logits = Float64Array.from({ length: rows }, () => 2 * random.normal());
  return { logits, labels: Int32Array.from(logits, (logit) => (random.uniform() < truth(logit) ? 1 : 0)) };
}

describe('fitCalibrator', () => {
  it('finds the slope and shift of overconfident scores (Platt)', () => {
    const fitted = fitCalibrator(
      'platt',
      drawn(20_000, (logit) => sigmoid(0.5 * logit - 1)),
    );
    expect(fitted).toMatchObject({ kind: 'platt' });
    expect(calibrate(fitted, 0)).toBeCloseTo(sigmoid(-1), 1);
    expect(calibrate(fitted, 3)).toBeCloseTo(sigmoid(0.5), 1);
  });

  it.each(['platt', 'beta', 'isotonic'] as const)('never falls (%s)', (kind) => {
    const fitted = fitCalibrator(
      kind,
      drawn(500, (logit) => sigmoid(logit)),
    );
    const values = Array.from({ length: 81 }, (_, i) => calibrate(fitted, (i - 40) / 5));
    expect(values.every((value, i) => i === 0 || value >= (values[i - 1] ?? 0) - 1e-12)).toBe(true);
    expect(values.every((value) => value >= 0 && value <= 1)).toBe(true);
  });

  it('follows steps where the truth has them (isotonic)', () => {
    const fitted = fitCalibrator(
      'isotonic',
      drawn(20_000, (logit) => (logit > 0 ? 0.8 : 0.1)),
    );
    expect(calibrate(fitted, -1)).toBeCloseTo(0.1, 1);
    expect(calibrate(fitted, 1)).toBeCloseTo(0.8, 1);
  });
});

describe('chooseCalibrator', () => {
  it('takes isotonic for a step, and improves on the raw scores', () => {
    const { calibrator, heldOutLogLoss } = chooseCalibrator(
      drawn(8000, (logit) => (logit > 0 ? 0.8 : 0.1)),
      0,
    );
    expect(calibrator.kind).toBe('isotonic');
    expect(heldOutLogLoss.isotonic).toBeLessThan(heldOutLogLoss.none ?? 0);
  });

  it('leaves scores alone when there are too few rows to judge', () => {
    const { calibrator } = chooseCalibrator(drawn(30, sigmoid), 0);
    expect(calibrator).toEqual({ kind: 'platt', slope: 1, intercept: 0 });
  });
});
