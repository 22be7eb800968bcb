// Kernel over typed arrays: units and inputs are below the sizes of their layers.
import type { Dense, MemberNetwork } from '../../networks/member-networks.js';

/** A member without the units that nothing hangs on. */
export type LiveMember = {
  /** Which units of the first layer are left. */
  readonly first: readonly number[];
  /** The layers after the first. */
  readonly later: readonly Dense[];
};

/** Takes out hidden units whose weights to all units after them are 0: of a linear member, all but two. */
export function liveUnits({ denses }: MemberNetwork): LiveMember {
  const later: Dense[] = [];
  let after = range(denses.at(-1)?.outputs ?? 0);
  for (const { inputs, outputs, weights, bias } of denses.slice(1).reverse()) {
    const live = range(inputs).filter((input) => after.some((unit) => weights[input * outputs + unit] !== 0));
    later.unshift({
      inputs: live.length,
      outputs: after.length,
      weights: Float32Array.from(
        live.flatMap((input) => after.map((unit) => weights[input * outputs + unit] as number)),
      ),
      bias: Float32Array.from(after, (unit) => bias[unit] as number),
    });
    after = live;
  }
  return { first: after, later };
}

function range(length: number): number[] {
  return Array.from({ length }, (_, index) => index);
}
