import { describe, expect, it } from 'vitest';
import { evaluateAmounts } from './amount-metrics.js';

describe('evaluateAmounts', () => {
  it('finds perfect amounts perfect', () => {
    const { correlation, rankCorrelation, gini, rmse, totalRatio } = evaluateAmounts([0, 5, 9], [0, 5, 9], 1);
    expect([correlation.value, rankCorrelation.value, gini.value]).toEqual([1, 1, 1]);
    expect([rmse.value, totalRatio.value]).toEqual([0, 1]);
  });

  it('counts order in ranks and size in totals, ties sharing a rank', () => {
    const { rankCorrelation, totalRatio, rmse } = evaluateAmounts([1, 2, 3, 40], [10, 10, 20, 30], 1);
    expect(totalRatio.value).toBeCloseTo(46 / 70, 12);
    expect(rmse.value).toBeCloseTo(Math.sqrt((81 + 64 + 289 + 100) / 4), 12);
    // Ranks 1 2 3 4 against 1.5 1.5 3 4.
    expect(rankCorrelation.value).toBeCloseTo(0.9487, 4);
  });

  it('measures by Gini what share the customers expected to bring most do bring', () => {
    // Sorted right but for the largest, who is taken for the second largest.
    const { gini } = evaluateAmounts([1, 2, 4, 3], [1, 2, 3, 40], 1);
    const perfect = -1.5 * 1 - 0.5 * 2 + 0.5 * 3 + 1.5 * 40;
    expect(gini.value).toBeCloseTo((-1.5 * 1 - 0.5 * 2 + 1.5 * 3 + 0.5 * 40) / perfect, 12);
    expect(evaluateAmounts([7, 7, 7, 7], [1, 2, 3, 40], 1).gini.value).toBe(0);
  });

  it('has intervals around the figures', () => {
    const actual = Array.from({ length: 100 }, (_, i) => (i * 37) % 101);
    const { correlation } = evaluateAmounts(
      actual.map((value, i) => value + ((i * 13) % 40)),
      actual,
      1,
    );
    expect(correlation.low).toBeLessThan(correlation.value);
    expect(correlation.high).toBeGreaterThan(correlation.value);
  });
});
