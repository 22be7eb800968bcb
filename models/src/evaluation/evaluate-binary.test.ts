import { describe, expect, it } from 'vitest';
import { seededRandom } from '../training/seeded-random.js';
import { calibrationCurve } from './calibration-curve.js';
import { evaluateBinary } from './evaluate-binary.js';
import { gainsByDecile } from './gains-by-decile.js';

const random = seededRandom(1);
const truth = Float64Array.from({ length: 4000 }, () => random.uniform() ** 2);
const labels = Int32Array.from(truth, (p) => (random.uniform() < p ? 1 : 0));

describe('evaluateBinary', () => {
  const metrics = evaluateBinary({ labels, probabilities: truth, seed: 0, resamples: 100 });

  it('holds the value inside its interval', () => {
    for (const { value, low, high } of [metrics.auc, metrics.logLoss, metrics.brier]) {
      expect(low).toBeLessThan(value);
      expect(high).toBeGreaterThan(value);
    }
  });

  it('finds the truth calibrated and a shifted truth not', () => {
    expect(metrics.ece.value).toBeLessThan(0.03);
    const shifted = evaluateBinary({
      labels,
      probabilities: truth.map((p) => p ** 2),
      seed: 0,
      resamples: 0,
    });
    expect(shifted.ece.value).toBeGreaterThan(0.08);
  });

  it('computes log loss and Brier by their definitions', () => {
    const { logLoss, brier } = evaluateBinary({
      labels: [1, 0],
      probabilities: [0.8, 0.4],
      seed: 0,
      resamples: 0,
    });
    expect(logLoss.value).toBeCloseTo(-(Math.log(0.8) + Math.log(0.6)) / 2, 12);
    expect(brier.value).toBeCloseTo((0.04 + 0.16) / 2, 12);
  });

  it('repeats its intervals for the same seed', () => {
    expect(evaluateBinary({ labels, probabilities: truth, seed: 0, resamples: 100 })).toEqual(metrics);
  });

  it('refuses what is no label or no probability', () => {
    expect(() => evaluateBinary({ labels: [2], probabilities: [0.5], seed: 0 })).toThrow(
      /label 0 to be 0 or 1/,
    );
    expect(() => evaluateBinary({ labels: [1], probabilities: [1.5], seed: 0 })).toThrow(/in \[0, 1\]/);
    expect(() => evaluateBinary({ labels: [1, 0], probabilities: [0.5], seed: 0 })).toThrow(/2 labels and 1/);
  });
});

describe('gainsByDecile', () => {
  it('finds everything in the end, most of it first', () => {
    const deciles = gainsByDecile(labels, truth);
    expect(deciles.at(-1)?.gain).toBeCloseTo(1, 12);
    expect(deciles[0]?.lift).toBeGreaterThan(2);
    expect(deciles.reduce((sum, { n }) => sum + n, 0)).toBe(4000);
  });
});

it('takes a constant prediction for one bin, whatever the order of the rows', () => {
  const labels = Int32Array.from({ length: 1_000 }, (_, row) => (row < 300 ? 1 : 0));
  const probabilities = new Float64Array(1_000).fill(0.25);
  const { ece } = evaluateBinary({ labels, probabilities, seed: 0, resamples: 0 });
  expect(ece.value).toBeCloseTo(0.05, 10);
});

describe('calibrationCurve', () => {
  it('lies on the diagonal for the truth', () => {
    const outside = calibrationCurve(labels, truth).filter(
      ({ predicted, low, high }) => predicted < low || predicted > high,
    );
    expect(outside.length).toBeLessThanOrEqual(2);
  });
});
