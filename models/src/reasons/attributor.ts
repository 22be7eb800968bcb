// Kernels over typed arrays: every index follows from the sizes fixed in the constructor.

import type { EncodedFeature } from '../networks/encode-rows.js';
import { encodedWidth, type FeatureEncoding } from '../networks/feature-encoding.js';
import { membersFromArtifact } from '../networks/layers-model.js';
import type { MemberNetwork } from '../networks/member-networks.js';
import type { ModelArtifact } from '../registry/model-artifact.js';
import type { CompiledScorer } from '../serving/compiled-scorer.js';

/** Points on the way from the average to the customer at which the slope is taken. */
const STEPS = 8;

/** One feature of one row. */
export type EncodedInput = { readonly feature: EncodedFeature; readonly row: number };

export type Attribution = {
  /** Raw log odds of the average input. */
  readonly base: number;
  /** Raw log odds of the row. */
  readonly logit: number;
  /** Per feature, by name; the sum is `logit - base` exactly (to rounding). */
  readonly contributions: ReadonlyMap<string, number>;
};

/**
 * Integrated gradients (Sundararajan et al. 2017) from the average input of the training data, summed per feature.
 * The path goes to the row's categories first and to its numbers then, so that what a number means for this very action
 * goes to the number. The first layer is linear, so each leg needs one pair of first-layer sums; what the rectangle rule
 * leaves over is shared out in proportion, so that contributions add up exactly.
 */
export class Attributor {
  private readonly members: readonly MemberNetwork[];
  private readonly baseSum: Float64Array;
  private readonly base: number;
  /** What each feature's average inputs add to the first-layer sum. */
  private readonly averages: ReadonlyMap<string, Float64Array>;
  private readonly scorer: CompiledScorer;

  /** @throws Error when the artifact has more than one output or no means of its inputs */
  constructor(artifact: ModelArtifact, scorer: CompiledScorer) {
    const { features, inputMeans } = artifact.manifest;
    if (scorer.outputs !== 1 || inputMeans.length !== encodedWidth(features)) {
      throw new Error(
        `Expected a model with 1 output and ${encodedWidth(features)} input means, got ${scorer.outputs} and ${inputMeans.length}`,
      );
    }
    this.members = membersFromArtifact(artifact);
    this.scorer = scorer;
    this.averages = new Map(
      features.map((encoding) => [encoding.name, this.averageOf(encoding, inputMeans)]),
    );
    this.baseSum = scorer.start();
    for (const average of this.averages.values()) {
      addTo(this.baseSum, average);
    }
    this.base = this.outputOf(this.baseSum);
  }

  /** Why a row scores as it does. @param inputs every feature of the model, in any order */
  explain(inputs: readonly EncodedInput[]): Attribution {
    const { scorer } = this;
    const parts = inputs.map(({ feature, row }) => {
      const part = new Float64Array(scorer.units);
      scorer.addFeature(feature, row, part);
      return { name: feature.encoding.name, isCategory: feature.encoding.kind === 'categorical', part };
    });
    const sum = scorer.start();
    for (const { part } of parts) {
      addTo(sum, part);
    }
    const logit = this.outputOf(sum);
    const between = this.baseSum.slice();
    for (const { name, isCategory, part } of parts) {
      if (isCategory) {
        addTo(between, part);
        subtractFrom(between, this.averages.get(name));
      }
    }
    const ofCategories = this.meanSlope(this.baseSum, between);
    const ofNumbers = this.meanSlope(between, sum);
    const raw = parts.map(({ name, isCategory, part }): [string, number] => {
      const average = this.averages.get(name) ?? new Float64Array(part.length);
      const slope = isCategory ? ofCategories : ofNumbers;
      let total = 0;
      for (let unit = 0; unit < slope.length; unit += 1) {
        total += (slope[unit] as number) * ((part[unit] as number) - (average[unit] as number));
      }
      return [name, total];
    });
    return { base: this.base, logit, contributions: exact(raw, logit - this.base) };
  }

  private averageOf(encoding: FeatureEncoding, means: readonly number[]): Float64Array {
    const sum = new Float64Array(this.scorer.units);
    for (let input = encoding.offset; input < encoding.offset + encoding.width; input += 1) {
      this.scorer.addRow(input, means[input] as number, sum);
    }
    return sum;
  }

  private outputOf(sum: Float64Array): number {
    const result = new Float64Array(1);
    this.scorer.finish(sum, result, 0);
    return result[0] as number;
  }

  /** Mean over a straight path of the output's derivative by each first-layer sum. */
  private meanSlope(start: Float64Array, sum: Float64Array): Float64Array {
    const slope = new Float64Array(sum.length);
    const point = new Float64Array(sum.length);
    for (let step = 0; step < STEPS; step += 1) {
      const share = (step + 0.5) / STEPS;
      for (let unit = 0; unit < sum.length; unit += 1) {
        const from = start[unit] as number;
        point[unit] = from + share * ((sum[unit] as number) - from);
      }
      let at = 0;
      for (const member of this.members) {
        const { outputs: hidden = 0 } = member.denses[0] ?? {};
        addSlope(member, point.subarray(at, at + hidden), slope.subarray(at, at + hidden));
        at += hidden;
      }
    }
    const scale = 1 / (STEPS * this.members.length);
    return slope.map((value) => value * scale);
  }
}

/** Shares what is missing from the total among the features by the size of their contributions. */
function exact(raw: readonly [string, number][], total: number): Map<string, number> {
  const left = total - raw.reduce((sum, [, value]) => sum + value, 0);
  const size = raw.reduce((sum, [, value]) => sum + Math.abs(value), 0);
  return new Map(
    raw.map(([name, value]) => [
      name,
      size === 0 ? left / raw.length : value + (left * Math.abs(value)) / size,
    ]),
  );
}

/** Adds the derivative of one member's output by its first-layer sums. */
function addSlope({ denses }: MemberNetwork, sums: Float64Array, slope: Float64Array): void {
  const states: Float64Array[] = [sums];
  for (const { inputs, outputs, weights, bias } of denses.slice(1, -1)) {
    const before = states.at(-1) as Float64Array;
    const after = Float64Array.from(bias);
    for (let input = 0; input < inputs; input += 1) {
      const value = before[input] as number;
      if (value > 0) {
        for (let unit = 0; unit < outputs; unit += 1) {
          after[unit] = (after[unit] as number) + value * (weights[input * outputs + unit] as number);
        }
      }
    }
    states.push(after);
  }
  const last = denses.at(-1) as MemberNetwork['denses'][number];
  let back = Float64Array.from(last.weights);
  for (let depth = denses.length - 2; depth >= 1; depth -= 1) {
    const { inputs, outputs, weights } = denses[depth] as MemberNetwork['denses'][number];
    const after = states[depth] as Float64Array;
    const before = new Float64Array(inputs);
    for (let input = 0; input < inputs; input += 1) {
      let total = 0;
      for (let unit = 0; unit < outputs; unit += 1) {
        if ((after[unit] as number) > 0) {
          total += (weights[input * outputs + unit] as number) * (back[unit] as number);
        }
      }
      before[input] = total;
    }
    back = before;
  }
  for (let unit = 0; unit < sums.length; unit += 1) {
    if ((sums[unit] as number) > 0) {
      slope[unit] = (slope[unit] as number) + (back[unit] as number);
    }
  }
}

function addTo(sum: Float64Array, part: Float64Array): void {
  for (let unit = 0; unit < sum.length; unit += 1) {
    sum[unit] = (sum[unit] as number) + (part[unit] as number);
  }
}

function subtractFrom(sum: Float64Array, part: Float64Array = new Float64Array(sum.length)): void {
  for (let unit = 0; unit < sum.length; unit += 1) {
    sum[unit] = (sum[unit] as number) - (part[unit] as number);
  }
}
