// Kernels over typed arrays whose sizes follow from the network.
import type { MemberNetwork } from '../networks/member-networks.js';
import { seededRandom } from '../training/seeded-random.js';
import { LAST_LAYER_SIZE } from './action-learning.js';

/**
 * The last hidden layer of all members, weighted by what each unit adds to the output, and summed up by a fixed random
 * projection to a few numbers: two offers the network sees alike get alike summaries.
 */
export class LastLayer {
  /** Row `i` holds what a unit of the last layer adds to number `i`, all members side by side. */
  private readonly projection: readonly Float64Array[];

  constructor(members: readonly MemberNetwork[]) {
    const random = seededRandom(7);
    const weights = members.flatMap(({ denses }) => Array.from(denses.at(-1)?.weights ?? []));
    this.projection = Array.from({ length: LAST_LAYER_SIZE }, () =>
      Float64Array.from(weights, (weight) => (random.normal() * weight) / members.length),
    );
  }

  /** @param states activations of the last hidden layer of one row, all members side by side */
  summary(states: Float64Array): number[] {
    const numbers: number[] = [];
    for (const weights of this.projection) {
      let total = 0;
      for (let unit = 0; unit < states.length; unit += 1) {
        total += (states[unit] as number) * (weights[unit] as number);
      }
      numbers.push(Math.max(-2, Math.min(2, total)));
    }
    return numbers;
  }
}
