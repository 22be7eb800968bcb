import { describe, expect, it } from 'vitest';
import { chanceOfBest, type UncertainPriority } from './chance-of-best.js';
import { logitNormal, sigmoid } from './logit-normal.js';
import { normalPair } from './normal.js';
import { seededRandom } from './seeded-random.js';

function uncertain(
  [probability, standardError]: readonly [number, number],
  scale = 1,
  offset = 0,
): UncertainPriority {
  return { belief: logitNormal(probability, standardError), scale, offset };
}

/** How often each is the highest in 40,000 draws: the definition, at a standard error of at most 0.0025. */
function simulate(candidates: readonly UncertainPriority[]): number[] {
  const draws = 40_000;
  const random = seededRandom('simulation');
  const wins = candidates.map(() => 0);
  for (let draw = 0; draw < draws; draw += 1) {
    const priorities = candidates.map(({ belief, scale, offset }) => {
      const [z] = normalPair(random(), random());
      return scale * sigmoid(belief.mean + z * belief.deviation) - offset;
    });
    const best = priorities.indexOf(Math.max(...priorities));
    wins[best] = (wins[best] ?? 0) + 1;
  }
  return wins.map((count) => count / draws);
}

const WORLDS: readonly [string, readonly UncertainPriority[]][] = [
  ['two alike', [uncertain([0.1, 0.03]), uncertain([0.1, 0.03])]],
  ['one sure, one vague', [uncertain([0.12, 0.0005]), uncertain([0.1, 0.05])]],
  ['one known exactly in the middle of a vague one', [uncertain([0.1, 0]), uncertain([0.1, 0.04])]],
  ['different worth', [uncertain([0.02, 0.01], 100), uncertain([0.2, 0.02], 12), uncertain([0.5, 0.05], 4)]],
  ['a cost of contact', [uncertain([0.1, 0.02], 10, 0.2), uncertain([0.08, 0.02], 10, 0)]],
  [
    'almost certain either way',
    [uncertain([0.001, 0.002]), uncertain([0.999, 0.002]), uncertain([0.99, 0.01])],
  ],
  [
    'ten of which some are hopeless',
    Array.from({ length: 10 }, (_, i) => uncertain([0.02 + i * 0.01, 0.004 + i * 0.002], 10)),
  ],
  [
    'fifty close ones',
    Array.from({ length: 50 }, (_, i) => uncertain([0.1 + (i % 7) * 0.004, 0.01 + (i % 5) * 0.01], 20)),
  ],
];

describe('chanceOfBest', () => {
  it.each(WORLDS)('agrees with simulation within 0.01: %s', (_name, candidates) => {
    const chances = chanceOfBest(candidates);
    const simulated = simulate(candidates);
    expect(chances.reduce((sum, chance) => sum + chance, 0)).toBeCloseTo(1, 9);
    const worst = Math.max(...chances.map((chance, index) => Math.abs(chance - (simulated[index] ?? 0))));
    expect(worst).toBeLessThan(0.01);
  });

  it('gives equal shares to candidates that are worth nothing', () => {
    expect(
      chanceOfBest([uncertain([0.1, 0.02], 0), uncertain([0.1, 0.02], 0)]).map((chance) => chance.toFixed(6)),
    ).toEqual(['0.500000', '0.500000']);
  });
});
