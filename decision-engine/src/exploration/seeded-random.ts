import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import { murmur3 } from './murmur3.js';

/** Numbers in [0, 1). */
export type Random = () => number;

/** The same seed text gives the same numbers; different texts give unrelated ones. */
export function seededRandom(seed: string): Random {
  const state = [0x9e3779b9, 0x85ebca6b, 0xc2b2ae35, 0x27d4eb2f].map((salt) => murmur3(seed, salt) | 0);
  const generator = xoroshiro128plusFromState(state);
  return () => uniformFloat64(generator);
}
