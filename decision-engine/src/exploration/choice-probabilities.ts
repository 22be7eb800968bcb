import { chanceOfBest, type UncertainPriority } from './chance-of-best.js';
import type { ExplorationSettings } from './exploration-settings.js';
import { logitNormal, sigmoid } from './logit-normal.js';
import { normalPair } from './normal.js';
import type { Random } from './seeded-random.js';

/** What exploration needs to know of a candidate. */
export type Contender = {
  /** Priority at the propensity's best estimate. */
  readonly priority: number;
  readonly propensity: number;
  /** 0 = taken as known. */
  readonly standardError: number;
  /** Priority = scale x propensity - offset, or any function of the propensity. */
  readonly shape:
    | { readonly kind: 'linear'; readonly scale: number; readonly offset: number }
    | { readonly kind: 'formula'; readonly priorityOf: (propensity: number) => number };
};

export type ChoiceProbabilities = {
  /** In the order of the contenders; adds up to 1. */
  readonly probabilities: readonly number[];
  readonly method: 'exact' | 'monteCarlo';
  /** Draws behind `monteCarlo`; 0 where exact. */
  readonly draws: number;
};

const MONTE_CARLO_DRAWS = 512;
/** Priorities this close, relative to the higher, are a tie. */
const TIE = 1e-12;
/** Where even the best priority is 0, softmax still needs a unit. */
const LEAST_UNIT = 1e-9;

/** All of the probability on the best; shared equally where several are. */
function greedyProbabilities(contenders: readonly Contender[]): number[] {
  const best = Math.max(...contenders.map((contender) => contender.priority));
  const slack = TIE * Math.abs(best);
  const isBest = contenders.map((contender) => contender.priority >= best - slack);
  const share = 1 / isBest.filter(Boolean).length;
  return isBest.map((wins) => (wins ? share : 0));
}

function uniform(count: number): number[] {
  return Array.from({ length: count }, () => 1 / count);
}

function mix(first: readonly number[], second: readonly number[], shareOfFirst: number): number[] {
  return first.map((value, index) => shareOfFirst * value + (1 - shareOfFirst) * (second[index] ?? 0));
}

function softmax(contenders: readonly Contender[], temperature: number): number[] {
  const best = Math.max(...contenders.map((contender) => contender.priority));
  const unit = Math.max(Math.abs(best), LEAST_UNIT) * temperature;
  const weights = contenders.map((contender) => Math.exp((contender.priority - best) / unit));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

function linearOf(contender: Contender): UncertainPriority | undefined {
  if (contender.shape.kind !== 'linear') return undefined;
  return {
    belief: logitNormal(contender.propensity, contender.standardError),
    scale: contender.shape.scale,
    offset: contender.shape.offset,
  };
}

function simulated(contenders: readonly Contender[], random: Random): ChoiceProbabilities {
  const wins = contenders.map(() => 0);
  const beliefs = contenders.map((contender) => logitNormal(contender.propensity, contender.standardError));
  for (let draw = 0; draw < MONTE_CARLO_DRAWS; draw += 1) {
    let best = -1;
    let bestPriority = Number.NEGATIVE_INFINITY;
    contenders.forEach((contender, index) => {
      const belief = beliefs[index];
      const [z] = normalPair(random(), random());
      const p =
        belief === undefined || contender.standardError === 0
          ? contender.propensity
          : sigmoid(belief.mean + z * belief.deviation);
      const priority =
        contender.shape.kind === 'formula'
          ? contender.shape.priorityOf(p)
          : contender.shape.scale * p - contender.shape.offset;
      if (priority > bestPriority) [best, bestPriority] = [index, priority];
    });
    wins[best] = (wins[best] ?? 0) + 1;
  }
  return {
    probabilities: wins.map((count) => count / MONTE_CARLO_DRAWS),
    method: 'monteCarlo',
    draws: MONTE_CARLO_DRAWS,
  };
}

function thompson(contenders: readonly Contender[], random: Random): ChoiceProbabilities {
  if (contenders.every((contender) => contender.standardError === 0)) {
    return { probabilities: greedyProbabilities(contenders), method: 'exact', draws: 0 };
  }
  const linear = contenders.flatMap((contender) => linearOf(contender) ?? []);
  if (linear.length < contenders.length) return simulated(contenders, random);
  return { probabilities: chanceOfBest(linear), method: 'exact', draws: 0 };
}

/**
 * The probability with which each contender is chosen. The choice is then drawn from these very numbers, so the logged
 * probability is the true one: Thompson sampling is done as probability matching. Only where a ranking formula bends the
 * propensity are they estimated by draws.
 */
export function choiceProbabilities(
  contenders: readonly Contender[],
  settings: ExplorationSettings,
  random: Random,
): ChoiceProbabilities {
  if (contenders.length === 1) return { probabilities: [1], method: 'exact', draws: 0 };
  const greedy = greedyProbabilities(contenders);
  switch (settings.strategy) {
    case 'greedy':
      return { probabilities: greedy, method: 'exact', draws: 0 };
    case 'epsilon':
      return {
        probabilities: mix(uniform(contenders.length), greedy, settings.epsilon),
        method: 'exact',
        draws: 0,
      };
    case 'softmax':
      return {
        probabilities: mix(softmax(contenders, settings.temperature), greedy, settings.rate),
        method: 'exact',
        draws: 0,
      };
    case 'thompson': {
      if (settings.rate === 0) return { probabilities: greedy, method: 'exact', draws: 0 };
      const sampled = thompson(contenders, random);
      return { ...sampled, probabilities: mix(sampled.probabilities, greedy, settings.rate) };
    }
  }
}

/** Draws an index with these probabilities; `random` is used once. */
export function drawIndex(probabilities: readonly number[], random: Random): number {
  let left = random();
  let last = 0;
  for (const [index, probability] of probabilities.entries()) {
    if (probability <= 0) continue;
    last = index;
    left -= probability;
    if (left < 0) return index;
  }
  return last;
}
