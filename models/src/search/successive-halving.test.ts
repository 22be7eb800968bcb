import { describe, expect, it } from 'vitest';
import { seededRandom } from '../training/seeded-random.js';
import { DEFAULT_CANDIDATE, drawCandidate } from './candidate.js';
import { type SearchOptions, searchCandidates } from './successive-halving.js';

/** A world where log loss depends on the learning rate alone, with noise per row; each test takes a second. */
function world(lossAt: (learningRate: number) => number, budgetSeconds: number) {
  let now = 0;
  const tested: string[] = [];
  const options: SearchOptions = {
    seed: 3,
    folds: 3,
    lanes: 1,
    budgetMs: budgetSeconds * 1000,
    clock: () => now,
    test: async ({ recipe }, fold) => {
      now += 1000;
      tested.push(`${recipe.learningRate ?? 'default'}/${fold}`);
      const rows = seededRandom(fold);
      return Float64Array.from(
        { length: 200 },
        () => lossAt(recipe.learningRate ?? 0.002) + rows.normal() / 10,
      );
    },
  };
  return { options, tested, spent: () => now / 1000 };
}

describe('searchCandidates', () => {
  it('finds what is clearly better, tested on every fold, within its time', async () => {
    const { options, spent } = world((rate) => Math.abs(Math.log(rate / 0.004)), 60);
    const { trials, chosen } = await searchCandidates(options);
    expect(chosen.recipe.learningRate).toBeGreaterThan(0.003);
    expect(chosen.recipe.learningRate).toBeLessThan(0.0052);
    expect(trials[0]).toMatchObject({ candidate: chosen, folds: 3 });
    expect(trials[0]?.against.difference).toBeLessThan(-0.3);
    expect(trials.length).toBeGreaterThan(20);
    expect(trials.filter(({ folds }) => folds === 3)).toHaveLength(5);
    expect(trials.find(({ isDefault }) => isDefault)).toMatchObject({ folds: 3, against: { difference: 0 } });
    expect(spent()).toBeLessThanOrEqual(60);
  });

  it('keeps the default where the others are no better than noise makes them', async () => {
    let draws = 0;
    const { options } = world(() => 0.5, 40);
    const test: SearchOptions['test'] = async (candidate, fold) => {
      const losses = await options.test(candidate, fold);
      draws += 1;
      const noise = seededRandom(1000 + draws);
      return losses.map((loss) => loss + noise.normal() / 5);
    };
    const { trials, chosen } = await searchCandidates({ ...options, test });
    expect(trials.length).toBeGreaterThan(5);
    expect(trials[0]?.isDefault).toBe(false);
    expect(chosen).toBe(DEFAULT_CANDIDATE);
  });

  it('compares at least one other with the default, however short the time, and no more than it may', async () => {
    const short = world((rate) => rate, 0.1);
    expect((await searchCandidates(short.options)).trials.map(({ folds }) => folds)).toEqual([3, 3]);
    const few = world((rate) => rate, 1000);
    expect((await searchCandidates({ ...few.options, most: 2, lanes: 4 })).trials).toHaveLength(3);
  });

  it('tries the same ways for the same seed', async () => {
    const [first, second] = [world((rate) => rate, 20), world((rate) => rate, 20)];
    await searchCandidates(first.options);
    await searchCandidates(second.options);
    expect(first.tested).toEqual(second.tested);
    expect(new Set(first.tested).size).toBe(first.tested.length);
  });
});

describe('drawCandidate', () => {
  it('stays within the ranges it names', () => {
    const random = seededRandom(1);
    for (let draw = 0; draw < 500; draw += 1) {
      const { recipe } = drawCandidate(random);
      expect(recipe.dropout).toBeGreaterThanOrEqual(0);
      expect(recipe.dropout).toBeLessThanOrEqual(0.5);
      expect(recipe.learningRate).toBeGreaterThanOrEqual(5e-4);
      expect(recipe.learningRate).toBeLessThanOrEqual(6e-3);
      expect(recipe.weightDecay).toBeGreaterThanOrEqual(0.03);
      expect(recipe.weightDecay).toBeLessThanOrEqual(3);
    }
  });
});
