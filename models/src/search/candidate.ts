import type { SeededRandom } from '../training/seeded-random.js';
import type { TrainingRecipe } from '../training/train-network.js';

/** One way to train, as a search tries it. */
export type Candidate = {
  readonly recipe: Partial<TrainingRecipe>;
  /** Whether boosted trees teach the network; absent = yes. */
  readonly taught?: boolean;
};

/** What is trained without a search. */
export const DEFAULT_CANDIDATE: Candidate = { recipe: {} };

const HIDDEN = [32, 48, 64, 96, 128] as const;
const LAYERS = [2, 3, 4] as const;
const MEMBERS = [2, 4] as const;
const TAUGHT_SHARE = 0.75;

/**
 * A random way to train around the default: widths and depths from lists, learning rate (5e-4 to 6e-3) and weight decay
 * (0.03 to 3) evenly on a logarithmic scale, dropout from 0 to 0.5.
 */
export function drawCandidate(random: SeededRandom): Candidate {
  const pick = <T>(values: readonly [T, ...T[]]): T => values[random.below(values.length)] ?? values[0];
  const between = (low: number, high: number) => low + (high - low) * random.uniform();
  return {
    recipe: {
      hidden: pick(HIDDEN),
      layers: pick(LAYERS),
      members: pick(MEMBERS),
      dropout: rounded(between(0, 0.5)),
      learningRate: rounded(Math.exp(between(Math.log(5e-4), Math.log(6e-3)))),
      weightDecay: rounded(Math.exp(between(Math.log(0.03), Math.log(3)))),
    },
    taught: random.uniform() < TAUGHT_SHARE,
  };
}

/** Two digits are enough to tell ways apart, and to read. */
function rounded(value: number): number {
  return Number(value.toPrecision(2));
}
