// Kernels over typed arrays: every index follows from the sizes fixed in the constructor.
import type { EncodedFeature, EncodedRows } from '../networks/encode-rows.js';
import { encodedWidth, type FeatureEncoding } from '../networks/feature-encoding.js';
import type { MemberNetwork } from '../networks/member-networks.js';

/**
 * The network as plain loops over typed arrays: the same numbers as TensorFlow.js, without a call per layer.
 *
 * The first layer is a sum of one term per feature, and each term needs few rows of the weights: one for a category,
 * two (thanks to running sums over the bins) for a number. What candidates share is summed once.
 */
export class CompiledScorer {
  /** Outputs per row, averaged over the members. */
  readonly outputs: number;
  /** Length of a first-layer sum. */
  readonly units: number;
  private readonly members: readonly MemberNetwork[];
  private readonly hidden: number;
  private readonly bias: Float64Array;
  /** Row `i` holds the weights of input `i`, all members side by side. */
  private readonly weights: Float32Array;
  /** Row `i` holds, within a numeric feature, the sum of the weights of its bins before input `i`. */
  private readonly sums: Float32Array;
  private readonly scratch: Float64Array;
  private readonly state: Float64Array;
  private readonly nextState: Float64Array;

  /** @throws Error when the encodings don't have the width of the network's input */
  constructor(
    members: readonly MemberNetwork[],
    readonly features: readonly FeatureEncoding[],
  ) {
    const first = members[0]?.denses[0];
    const last = members[0]?.denses.at(-1);
    if (first === undefined || last === undefined || first.inputs !== encodedWidth(features)) {
      throw new Error(
        `Expected a network with ${encodedWidth(features)} inputs for these features, got ${first?.inputs ?? 0}`,
      );
    }
    this.members = members;
    this.hidden = first.outputs;
    this.outputs = last.outputs;
    this.units = this.hidden * members.length;
    this.bias = new Float64Array(this.units);
    this.weights = new Float32Array(first.inputs * this.units);
    members.forEach(({ denses }, member) => {
      const dense = denses[0] ?? first;
      this.bias.set(dense.bias, member * this.hidden);
      for (let input = 0; input < dense.inputs; input += 1) {
        const row = dense.weights.subarray(input * this.hidden, (input + 1) * this.hidden);
        this.weights.set(row, input * this.units + member * this.hidden);
      }
    });
    this.sums = this.runningSums();
    this.scratch = new Float64Array(this.units);
    this.state = new Float64Array(this.hidden);
    this.nextState = new Float64Array(this.hidden);
  }

  /** Outputs for all rows, `rows x outputs`, row-major. */
  score(encoded: EncodedRows): Float64Array {
    const result = new Float64Array(encoded.rows * this.outputs);
    const sum = this.scratch;
    for (let row = 0; row < encoded.rows; row += 1) {
      sum.set(this.bias);
      for (const feature of encoded.features) {
        this.addFeature(feature, row, sum);
      }
      this.finish(sum, result, row * this.outputs);
    }
    return result;
  }

  /**
   * Outputs of several candidates of one decision, `candidates x outputs`: what they share is summed once.
   *
   * @param parts.shared features that are the same for all: of row 0
   * @param parts.own features of each candidate: of the candidate's row
   */
  scoreCandidates({
    shared,
    own,
    candidates,
  }: {
    readonly shared: readonly EncodedFeature[];
    readonly own: readonly EncodedFeature[];
    readonly candidates: number;
  }): Float64Array {
    const result = new Float64Array(candidates * this.outputs);
    const start = this.start();
    for (const feature of shared) {
      this.addFeature(feature, 0, start);
    }
    const sum = this.scratch;
    for (let row = 0; row < candidates; row += 1) {
      sum.set(start);
      for (const feature of own) {
        this.addFeature(feature, row, sum);
      }
      this.finish(sum, result, row * this.outputs);
    }
    return result;
  }

  /** Starts a first-layer sum: the bias alone. */
  start(): Float64Array {
    return this.bias.slice();
  }

  /** Adds what one feature of one row contributes to a first-layer sum. */
  addFeature({ encoding, slots, fractions, standard }: EncodedFeature, row: number, sum: Float64Array): void {
    const slot = slots[row] as number;
    if (encoding.kind === 'categorical') {
      this.addRow(encoding.offset + slot, 1, sum);
    } else if (slot < 0) {
      this.addRow(encoding.offset + encoding.width - 1, 1, sum);
    } else {
      this.addRow(encoding.offset, standard[row] as number, sum);
      if (encoding.edges.length > 1) {
        this.addNumber(encoding.offset + 1 + slot, fractions[row] as number, sum);
      }
    }
  }

  /** Adds the weights of one network input, times its value, to a first-layer sum. */
  addRow(input: number, value: number, sum: Float64Array): void {
    const { units, weights } = this;
    const from = input * units;
    for (let unit = 0; unit < units; unit += 1) {
      sum[unit] = (sum[unit] as number) + value * (weights[from + unit] as number);
    }
  }

  /** The layers after the first: writes `outputs` numbers into `result` from `at` on. Leaves `sum` as it is. */
  finish(sum: Float64Array, result: Float64Array, at: number): void {
    const { hidden, outputs, members } = this;
    result.fill(0, at, at + outputs);
    for (let member = 0; member < members.length; member += 1) {
      const { denses } = members[member] as MemberNetwork;
      let state = this.state;
      let next = this.nextState;
      for (let unit = 0; unit < hidden; unit += 1) {
        state[unit] = Math.max(0, sum[member * hidden + unit] as number);
      }
      for (let depth = 1; depth < denses.length - 1; depth += 1) {
        const { weights, bias } = denses[depth] as MemberNetwork['denses'][number];
        next.set(bias);
        for (let input = 0; input < hidden; input += 1) {
          const value = state[input] as number;
          if (value === 0) {
            continue;
          }
          const from = input * hidden;
          for (let unit = 0; unit < hidden; unit += 1) {
            next[unit] = (next[unit] as number) + value * (weights[from + unit] as number);
          }
        }
        for (let unit = 0; unit < hidden; unit += 1) {
          next[unit] = Math.max(0, next[unit] as number);
        }
        [state, next] = [next, state];
      }
      const { weights, bias } = denses.at(-1) as MemberNetwork['denses'][number];
      for (let output = 0; output < outputs; output += 1) {
        let total = bias[output] as number;
        for (let unit = 0; unit < hidden; unit += 1) {
          total += (state[unit] as number) * (weights[unit * outputs + output] as number);
        }
        result[at + output] = (result[at + output] as number) + total / members.length;
      }
    }
  }

  private addNumber(input: number, fraction: number, sum: Float64Array): void {
    const { units, weights, sums } = this;
    const from = input * units;
    for (let unit = 0; unit < units; unit += 1) {
      sum[unit] =
        (sum[unit] as number) + (sums[from + unit] as number) + fraction * (weights[from + unit] as number);
    }
  }

  private runningSums(): Float32Array {
    const { units, weights } = this;
    const sums = new Float32Array(weights.length);
    for (const encoding of this.features) {
      if (encoding.kind === 'categorical') {
        continue;
      }
      const running = new Float64Array(units);
      for (let input = encoding.offset + 1; input < encoding.offset + encoding.width - 1; input += 1) {
        for (let unit = 0; unit < units; unit += 1) {
          sums[input * units + unit] = running[unit] as number;
          running[unit] = (running[unit] as number) + (weights[input * units + unit] as number);
        }
      }
    }
    return sums;
  }
}
