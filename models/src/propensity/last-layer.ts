// Kernels over typed arrays whose sizes follow from the network.
import type { MemberNetwork } from '../networks/member-networks.js';
import { seededRandom } from '../training/seeded-random.js';
import { LAST_LAYER_SIZE } from './action-learning.js';

/**
 * The last hidden layer of all members, weighted by what each unit adds to the output, and summed up by a fixed random
 * projection to a few numbers: two offers the network sees alike get alike summaries.
 */
export class LastLayer {
  private readonly members: readonly MemberNetwork[];
  private readonly projection: readonly Float64Array[];

  constructor(members: readonly MemberNetwork[]) {
    this.members = members;
    const random = seededRandom(7);
    const units = members.reduce((sum, { denses }) => sum + (denses.at(-1)?.inputs ?? 0), 0);
    this.projection = Array.from({ length: LAST_LAYER_SIZE }, () =>
      Float64Array.from({ length: units }, () => random.normal()),
    );
  }

  /** @param sum first-layer sums of one row, all members side by side */
  summary(sum: Float64Array): number[] {
    const units = this.contributions(sum);
    return this.projection.map((weights) => {
      let total = 0;
      for (let unit = 0; unit < units.length; unit += 1) {
        total += (units[unit] as number) * (weights[unit] as number);
      }
      return Math.max(-2, Math.min(2, total));
    });
  }

  /** What each unit of the last hidden layers adds to the output. */
  private contributions(sum: Float64Array): Float64Array {
    const parts: number[] = [];
    let at = 0;
    for (const { denses } of this.members) {
      const hidden = denses[0]?.outputs ?? 0;
      let state = sum.slice(at, at + hidden).map((value) => Math.max(0, value));
      at += hidden;
      for (const { outputs, weights, bias } of denses.slice(1, -1)) {
        const next = Float64Array.from(bias);
        for (let input = 0; input < state.length; input += 1) {
          const value = state[input] as number;
          for (let unit = 0; value !== 0 && unit < outputs; unit += 1) {
            next[unit] = (next[unit] as number) + value * (weights[input * outputs + unit] as number);
          }
        }
        state = next.map((value) => Math.max(0, value));
      }
      const last = denses.at(-1)?.weights ?? new Float32Array(0);
      state.forEach((value, unit) => {
        parts.push((value * (last[unit] as number)) / this.members.length);
      });
    }
    return Float64Array.from(parts);
  }
}
