import { describe, expect, it } from 'vitest';
import type { PoliciesInput } from '../policy/policies.js';
import { chiSquare } from '../testing/chi-square.js';
import { actionOf, deciderOf, inputOf } from '../testing/decision-fixtures.js';

const REPLAYS = 2_500;
/** A chance of 1 in 30,000 to fail by bad luck, were the seeds not fixed. */
const MOST_Z = 4;

const actions = ['a', 'b', 'c', 'd', 'e'].map((actionId, index) =>
  actionOf(actionId, { group: `group-${index}`, value: { type: 'fixed', amount: 8 + index } }),
);
const propensities = {
  a: { probability: 0.2, standardError: 0.05, reasons: [] },
  b: { probability: 0.18, standardError: 0.02, reasons: [] },
  c: { probability: 0.15, standardError: 0.06, reasons: [] },
  d: { probability: 0.16, standardError: 0.01, reasons: [] },
  e: { probability: 0.02, standardError: 0.01, reasons: [] },
};

const STRATEGIES: readonly [string, PoliciesInput][] = [
  [
    'greedy with a tie',
    {
      ranking: { factors: { propensity: false, value: false } },
      exploration: { default: { strategy: 'greedy' } },
    },
  ],
  ['thompson', { exploration: { default: { strategy: 'thompson' } } }],
  [
    'thompson in a third of the decisions',
    { exploration: { default: { strategy: 'thompson', rate: 1 / 3 } } },
  ],
  ['epsilon', { exploration: { default: { strategy: 'epsilon', epsilon: 0.25 } } }],
  ['softmax', { exploration: { default: { strategy: 'softmax', temperature: 0.3 } } }],
];

describe('replay: what is chosen agrees with the logged probabilities', () => {
  it.each(STRATEGIES)('%s, first slot', (_name, policies) => {
    const decider = deciderOf(actions, policies);
    const counts = new Map(actions.map(({ actionId }) => [actionId, 0]));
    let probabilities: readonly number[] = [];
    for (let replay = 0; replay < REPLAYS; replay += 1) {
      const result = decider.decide(inputOf({ propensities, seed: `replay-${replay}` }));
      const first = result.chosen[0];
      expect(first?.probability).toBe(
        result.candidates.find(({ actionId }) => actionId === first?.actionId)?.probability,
      );
      counts.set(first?.actionId ?? '', (counts.get(first?.actionId ?? '') ?? 0) + 1);
      probabilities = result.candidates.map((candidate) => candidate.probability);
    }
    expect(probabilities.reduce((sum, probability) => sum + probability, 0)).toBeCloseTo(1, 9);
    expect(chiSquare([...counts.values()], probabilities).z).toBeLessThan(MOST_Z);
  });

  it.each(STRATEGIES)('%s, second slot given the first', (_name, policies) => {
    const decider = deciderOf(actions, policies);
    const byFirst = new Map<string, Map<string, { count: number; probability: number }>>();
    for (let replay = 0; replay < REPLAYS; replay += 1) {
      const { chosen } = decider.decide(
        inputOf({ propensities, seed: `replay-${replay}`, context: { slots: 2 } }),
      );
      const [first, second] = chosen;
      if (first === undefined || second === undefined) throw new Error('Expected two slots to be filled');
      const seconds =
        byFirst.get(first.actionId) ?? new Map<string, { count: number; probability: number }>();
      const known = seconds.get(second.actionId);
      // Given the same first, the same second has the same probability each time: it is a function of the pool.
      if (known !== undefined) expect(second.probability).toBe(known.probability);
      seconds.set(second.actionId, { count: (known?.count ?? 0) + 1, probability: second.probability });
      byFirst.set(first.actionId, seconds);
    }
    for (const seconds of byFirst.values()) {
      const seen = [...seconds.values()];
      const unseen = 1 - seen.reduce((sum, { probability }) => sum + probability, 0);
      const { z } = chiSquare(
        [...seen.map(({ count }) => count), 0],
        [...seen.map(({ probability }) => probability), Math.max(0, unseen)],
      );
      expect(z).toBeLessThan(MOST_Z);
    }
  });

  it('weighs rewards without bias: inverse-probability estimates of each action agree with its truth', () => {
    const decider = deciderOf(actions, { exploration: { default: { strategy: 'thompson' } } });
    const truth: Record<string, number> = { a: 0.25, b: 0.18, c: 0.1, d: 0.16, e: 0.02 };
    const sums = new Map<string, { total: number; squares: number }>();
    for (let replay = 0; replay < REPLAYS; replay += 1) {
      const first = decider.decide(inputOf({ propensities, seed: `ips-${replay}` })).chosen[0];
      if (first === undefined) throw new Error('Expected a choice');
      const weighted = (truth[first.actionId] ?? 0) / first.probability;
      const known = sums.get(first.actionId) ?? { total: 0, squares: 0 };
      sums.set(first.actionId, { total: known.total + weighted, squares: known.squares + weighted ** 2 });
    }
    for (const actionId of ['a', 'b', 'c', 'd']) {
      const { total, squares } = sums.get(actionId) ?? { total: 0, squares: 0 };
      const mean = total / REPLAYS;
      const error = Math.sqrt((squares / REPLAYS - mean ** 2) / REPLAYS);
      expect(Math.abs(mean - (truth[actionId] ?? 0))).toBeLessThan(4 * error);
    }
  });

  it('matches a formula ranking by draws, and says how far off that may be', () => {
    const decider = deciderOf(actions, {
      ranking: {
        formula: { multiply: [{ field: 'propensity' }, { field: 'propensity' }, { field: 'value' }] },
      },
      exploration: { default: { strategy: 'thompson' } },
    });
    const results = Array.from({ length: 300 }, (_, replay) =>
      decider.decide(inputOf({ propensities, seed: `formula-${replay}` })),
    );
    for (const { chosen } of results) {
      expect(chosen[0]).toMatchObject({ probabilityMethod: 'monteCarlo' });
      const { probability = 0, probabilityError = 0 } = chosen[0] ?? {};
      expect(probabilityError).toBeCloseTo(Math.sqrt((probability * (1 - probability)) / 512), 12);
    }
    const logged =
      results[0]?.candidates.map(({ actionId, probability }) => [actionId, probability] as const) ?? [];
    const counts = logged.map(
      ([actionId]) => results.filter(({ chosen }) => chosen[0]?.actionId === actionId).length / 300,
    );
    const mean = logged.map(
      (_, index) =>
        results.reduce((sum, { candidates }) => sum + (candidates[index]?.probability ?? 0), 0) / 300,
    );
    expect(Math.max(...counts.map((count, index) => Math.abs(count - (mean[index] ?? 0))))).toBeLessThan(0.1);
  });
});
