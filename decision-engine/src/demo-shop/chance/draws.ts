import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import { hash32 } from './hash32.js';

/** A seeded source of chance. Two with the same path of numbers give the same sequence. */
export type Draws = {
  /** In [0, 1). */
  readonly uniform: () => number;
  /** Standard normal. */
  readonly normal: () => number;
  readonly chance: (probability: number) => boolean;
  /** Whole number in [0, below). */
  readonly below: (below: number) => number;
  /** Exponential with this mean. */
  readonly wait: (mean: number) => number;
  /** Poisson; meant for small means (below 30). */
  readonly count: (mean: number) => number;
};

/** @param path numbers that name the stream, such as seed, customer, purpose. */
export function createDraws(...path: readonly number[]): Draws {
  const first = hash32(0x9e3779b9, path);
  const second = hash32(0x85ebca6b, path);
  const generator = xoroshiro128plusFromState([first, second, hash32(first, path), hash32(second, path) | 1]);
  const uniform = () => uniformFloat64(generator);
  return {
    uniform,
    // Box and Muller; 1 - u keeps the logarithm finite.
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
    chance: (probability) => uniform() < probability,
    below: (below) => Math.floor(uniform() * below),
    wait: (mean) => -Math.log(1 - uniform()) * mean,
    count: (mean) => poisson(uniform, mean),
  };
}

function poisson(uniform: () => number, mean: number): number {
  const limit = Math.exp(-mean);
  let product = uniform();
  let count = 0;
  while (product > limit) {
    product *= uniform();
    count += 1;
  }
  return count;
}
