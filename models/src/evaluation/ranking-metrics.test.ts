import { describe, expect, it } from 'vitest';
import { areaUnderRoc, auc, averagePrecision, byFallingScore } from './ranking-metrics.js';

const labels = [0, 0, 1, 1, 0, 1];
const scores = [0.1, 0.4, 0.35, 0.8, 0.4, 0.9];

describe('ranking metrics', () => {
  it('agree with scikit-learn', () => {
    // roc_auc_score and average_precision_score of the same numbers.
    expect(auc(labels, scores)).toBeCloseTo(7 / 9, 10);
    expect(averagePrecision({ labels, scores, order: byFallingScore(scores) })).toBeCloseTo(
      1 / 3 + 1 / 3 + (1 / 3) * (3 / 5),
      10,
    );
  });

  it('count ties as half', () => {
    expect(auc([0, 1], [0.5, 0.5])).toBe(0.5);
  });

  it('say NaN where a class is missing', () => {
    expect(auc([1, 1], [0.1, 0.2])).toBeNaN();
  });

  it('weigh rows as if they were repeated', () => {
    const weights = [1, 2, 1, 3, 1, 1];
    const repeated = weights.flatMap((weight, i) => new Array<number>(weight).fill(i));
    const long = { labels: repeated.map((i) => labels[i] ?? 0), scores: repeated.map((i) => scores[i] ?? 0) };
    const order = byFallingScore(scores);
    expect(areaUnderRoc({ labels, scores, order, weights })).toBeCloseTo(auc(long.labels, long.scores), 12);
  });
});
