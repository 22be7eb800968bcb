import { describe, expect, it } from 'vitest';
import type { RankedAction } from '../engine/engine-types';
import { decisionFixture, FIXTURE_NOW } from '../testing/fixtures';
import { rankingFactors } from './ranking-arithmetic';

const [base] = decisionFixture({ index: 0, version: 0, now: FIXTURE_NOW, without: new Set() }).actions;

function action(more: Partial<RankedAction>): RankedAction {
  if (base === undefined) throw new Error('The fixture has no action');
  return { ...base, ...more };
}

describe('rankingFactors', () => {
  it('shows likelihood and worth when they make the whole priority', () => {
    const factors = rankingFactors(action({ propensity: 0.4, value: 30, priority: 12.001 }));
    expect(factors.map((factor) => [factor.name, factor.value])).toEqual([
      ['likelihood', 0.4],
      ['worth', 30],
    ]);
  });

  it('shows what context and levers did', () => {
    const last = rankingFactors(action({ propensity: 0.4, value: 30, priority: 18 })).at(-1);
    expect(last?.name).toBe('context and levers');
    expect(last?.value).toBeCloseTo(1.5);
  });

  it('does not divide by a worth of nothing', () => {
    expect(rankingFactors(action({ propensity: 0.4, value: 0, priority: 0 })).at(-1)?.name).toBe('worth');
  });

  it('has no likelihood where rules alone decide', () => {
    expect(
      rankingFactors(action({ propensity: null, value: 6, priority: 6 })).map(({ name }) => name),
    ).toEqual(['worth']);
  });
});
