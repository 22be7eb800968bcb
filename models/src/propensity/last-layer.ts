// Kernels over typed arrays whose sizes follow from the network.
import type { MemberNetwork } from '../networks/member-networks.js';
import { seededRandom } from '../training/seeded-random.js';
import { LAST_LAYER_SIZE } from './action-learning.js';

/**
 * The last hidden layer of all members, weighted by what each unit adds to the output, and summed up by a fixed random
 * projection to a few numbers: two offers the network sees alike get alike summaries.
 */
export class LastLayer {
  /** Row `i` holds what unit `i` of the last layers, all members side by side, adds to each number. */
  private readonly projection: Float64Array;
  private readonly totals = new Float64Array(LAST_LAYER_SIZE);

  constructor(members: readonly MemberNetwork[]) {
    const random = seededRandom(7);
    const weights = members.flatMap(({ denses }) => Array.from(denses.at(-1)?.weights ?? []));
    this.projection = new Float64Array(weights.length * LAST_LAYER_SIZE);
    for (let number = 0; number < LAST_LAYER_SIZE; number += 1) {
      for (const [unit, weight] of weights.entries()) {
        this.projection[unit * LAST_LAYER_SIZE + number] = (random.normal() * weight) / members.length;
      }
    }
  }

  /** @param states activations of the last hidden layer of one row, all members side by side */
  summary(states: Float64Array): number[] {
    const { projection, totals } = this;
    totals.fill(0);
    for (let unit = 0; unit < states.length; unit += 1) {
      const state = states[unit] as number;
      if (state === 0) {
        continue;
      }
      const from = unit * LAST_LAYER_SIZE;
      for (let number = 0; number < LAST_LAYER_SIZE; number += 1) {
        totals[number] = (totals[number] as number) + state * (projection[from + number] as number);
      }
    }
    const numbers: number[] = [];
    for (const total of totals) {
      numbers.push(Math.max(-2, Math.min(2, total)));
    }
    return numbers;
  }
}
