import type { Draws } from './draws.js';

/** One of the items, each equally likely. Throws on an empty list. */
export function pick<Item>(draws: Draws, items: readonly Item[]): Item {
  const item = items[draws.below(items.length)];
  if (item === undefined) throw new Error('Expected "items" to hold at least one item, got none');
  return item;
}

/** An index with probability proportional to its weight. Throws when no weight is positive. */
export function pickIndex(draws: Draws, weights: readonly number[]): number {
  let total = 0;
  for (const weight of weights) total += weight;
  let left = draws.uniform() * total;
  let last = -1;
  for (const [index, weight] of weights.entries()) {
    if (weight <= 0) continue;
    last = index;
    left -= weight;
    if (left < 0) return index;
  }
  if (last < 0) throw new Error('Expected "weights" to hold a positive weight, got none');
  return last;
}
