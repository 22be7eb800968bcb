// Indices below run over arrays that are made here with the length of `contenders`, so each is in bounds.
import { type LogitNormal, logit, sigmoid } from './logit-normal.js';
import { normalCdf } from './normal.js';

/** A candidate whose priority is `scale x p - offset`, with a belief about p. */
export type UncertainPriority = {
  readonly belief: LogitNormal;
  /** C x V x L, at least 0. */
  readonly scale: number;
  /** Contact cost, at least 0. */
  readonly offset: number;
};

/** Points in all, spread over the contenders' own quantiles. */
const GRID_POINTS = 96;
const LEAST_POINTS_EACH = 4;
/** In standard deviations: how far up and down a belief is looked at. Above lies 1e-5 of it, below 2e-4. */
const REACH_UP = 4.2;
const REACH_DOWN = 3.5;
const LEAST_SCALE = 1e-12;

function priorityAt({ belief, scale, offset }: UncertainPriority, z: number): number {
  return Math.max(scale, LEAST_SCALE) * sigmoid(belief.mean + z * belief.deviation) - offset;
}

function chanceBelow({ belief, scale, offset }: UncertainPriority, priority: number): number {
  const p = (priority + offset) / Math.max(scale, LEAST_SCALE);
  if (p <= 0) return 0;
  if (p >= 1) return 1;
  return normalCdf((logit(p) - belief.mean) / belief.deviation);
}

/** Every contender's quantiles that lie where the best can lie, in ascending order. */
function grid(contenders: readonly UncertainPriority[], floor: number): Float64Array {
  const each = Math.max(LEAST_POINTS_EACH, Math.floor(GRID_POINTS / contenders.length));
  const points = [floor];
  for (const candidate of contenders) {
    for (let step = 0; step <= each; step += 1) {
      const point = priorityAt(candidate, (REACH_UP + REACH_DOWN) * (step / each) - REACH_DOWN);
      if (point > floor) points.push(point);
    }
  }
  return Float64Array.from(points).sort();
}

/**
 * For each candidate the probability that its priority is the highest when every p is drawn from its belief, which is
 * how often Thompson sampling picks it. The line of priorities is cut into cells; the chance that the maximum falls into
 * a cell is exact (a difference of products of distribution functions), and within the cell it is shared out by the
 * growth of each candidate's log distribution function, which is the integral of its hazard of being the maximum.
 *
 * @returns probabilities that add up to 1, in the order of the candidates; off from the ideal by less than 0.01
 *   (measured against simulation in the tests)
 */
export function chanceOfBest(candidates: readonly UncertainPriority[]): number[] {
  const floor = candidates.reduce(
    (highest, candidate) => Math.max(highest, priorityAt(candidate, -REACH_DOWN)),
    Number.NEGATIVE_INFINITY,
  );
  const places: number[] = [];
  const contenders = candidates.filter((candidate, place) => {
    const contends = priorityAt(candidate, REACH_UP) >= floor;
    if (contends) places.push(place);
    return contends;
  });
  const won = chancesOf(contenders, grid(contenders, floor));
  const chances = candidates.map(() => 0);
  places.forEach((place, index) => {
    chances[place] = won[index] as number;
  });
  const total = chances.reduce((sum, chance) => sum + chance, 0);
  return total > 0 ? chances.map((chance) => chance / total) : candidates.map(() => 1 / candidates.length);
}

function chancesOf(contenders: readonly UncertainPriority[], points: Float64Array): Float64Array {
  const count = contenders.length;
  const chances = new Float64Array(count);
  const below = new Float64Array(count);
  const growth = new Float64Array(count);
  let allBelow = 0;
  for (const point of points) {
    let allNext = 1;
    let allGrowth = 0;
    contenders.forEach((candidate, index) => {
      const after = chanceBelow(candidate, point);
      const before = below[index] as number;
      const grown = after > before ? Math.log(after / Math.max(before, after * 1e-9)) : 0;
      growth[index] = grown;
      allGrowth += grown;
      below[index] = after;
      allNext *= after;
    });
    const mass = allNext - allBelow;
    allBelow = allNext;
    if (mass > 0 && allGrowth > 0) {
      for (let index = 0; index < count; index += 1) {
        chances[index] = (chances[index] as number) + (mass * (growth[index] as number)) / allGrowth;
      }
    }
  }
  return chances;
}
