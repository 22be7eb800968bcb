import { describe, expect, it } from 'vitest';
import type { Manifest } from './manifest.js';
import { judgePromotion } from './promotion-gate.js';

function manifest(version: string, logLoss: number, ece: number): Manifest {
  const estimate = (value: number) => ({ value, low: value * 0.95, high: value * 1.05 });
  return {
    format: 1,
    kind: 'binary',
    name: 'churn',
    version,
    trainedAt: '2026-01-01T00:00:00.000Z',
    seed: 0,
    backend: 'wasm',
    libraryVersions: {},
    featuresHash: 'features',
    artifactHash: version,
    data: { rows: 100, fingerprint: 'data' },
    shapes: [{ inputs: 1, members: 1, hidden: 1, layers: 1, outputs: 1 }],
    features: [],
    inputMeans: [],
    calibrator: { kind: 'platt', slope: 1, intercept: 0 },
    calibrationLogLoss: {},
    metrics: { logLoss: estimate(logLoss), ece: estimate(ece) },
    baselines: {},
    recorded: [{ inputs: [], outputs: [] }],
    notes: {},
  };
}

describe('judgePromotion', () => {
  const champion = manifest('one', 0.4, 0.02);

  it('lets the first model in', () => {
    expect(judgePromotion(champion, null).promote).toBe(true);
  });

  it('accepts what is better, or worse within the interval', () => {
    expect(judgePromotion(manifest('two', 0.38, 0.02), champion).promote).toBe(true);
    expect(judgePromotion(manifest('two', 0.41, 0.0205), champion).promote).toBe(true);
  });

  it('refuses a log loss beyond the interval, and says by how much', () => {
    const verdict = judgePromotion(manifest('two', 0.43, 0.01), champion);
    expect(verdict).toEqual({
      promote: false,
      reason: 'the log loss of two, 0.4300, is above the interval of one (up to 0.4200)',
    });
  });

  it('refuses worse calibration although the log loss is better', () => {
    expect(judgePromotion(manifest('two', 0.3, 0.05), champion).promote).toBe(false);
  });

  it('refuses a model without a test', () => {
    expect(judgePromotion({ ...manifest('two', 0.4, 0.02), metrics: {} }, champion).promote).toBe(false);
  });

  it('refuses what is surely worse than knowing nothing, even as the first', () => {
    const estimate = (value: number) => ({ value, low: value, high: value });
    const useless = { ...manifest('two', 0.6, 0.02), baselines: { baseRate: { logLoss: estimate(0.5) } } };
    expect(judgePromotion(useless, null)).toMatchObject({
      promote: false,
      reason: expect.stringContaining('giving everyone the same probability (0.5000)'),
    });
    const amounts = {
      ...manifest('three', 0.4, 0.02),
      metrics: { ...champion.metrics, rankCorrelation: estimate(0.1) },
      baselines: { bgNbd: { rankCorrelation: estimate(0.3) } },
    };
    expect(judgePromotion(amounts, null)).toMatchObject({ promote: false });
  });

  it('replaces a champion that reads other features', () => {
    expect(judgePromotion({ ...manifest('two', 0.9, 0.9), featuresHash: 'new' }, champion).promote).toBe(
      true,
    );
  });
});
