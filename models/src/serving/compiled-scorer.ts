// Kernels over typed arrays: every index follows from the sizes fixed in the constructor.
import { binOf, type EncodedFeature, type EncodedRows } from '../networks/encode-rows.js';
import {
  encodedWidth,
  type FeatureEncoding,
  type NumericEncoding,
  STANDARD_CLIP,
} from '../networks/feature-encoding.js';
import type { MemberNetwork } from '../networks/member-networks.js';
import type { Table } from '../tables/table.js';
import { TableScorer } from './vectors/table-scorer.js';

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
  private byVectors: TableScorer | undefined;
  private readonly hidden: number;
  private readonly bias: Float64Array;
  /** Row `i` holds the weights of input `i`, all members side by side. */
  private readonly weights: Float32Array;
  /** Row `i` holds, within a numeric feature, the sum of the weights of its bins before input `i`. */
  private readonly sums: Float32Array;
  private readonly later: readonly LaterLayers[];
  private readonly scratch: Float64Array;
  private readonly state: Float64Array;
  /** Units above 0, and what they hold, of the layer at hand. */
  private readonly active: Int32Array;
  private readonly values: Float64Array;

  /** @throws Error when the encodings don't have the width of the network's input */
  constructor(
    private readonly members: readonly MemberNetwork[],
    readonly features: readonly FeatureEncoding[],
  ) {
    const first = members[0]?.denses[0];
    const last = members[0]?.denses.at(-1);
    if (first === undefined || last === undefined || first.inputs !== encodedWidth(features)) {
      throw new Error(
        `Expected a network with ${encodedWidth(features)} inputs for these features, got ${first?.inputs ?? 0}`,
      );
    }
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
    this.active = new Int32Array(this.hidden);
    this.values = new Float64Array(this.hidden);
    this.later = members.map(laterLayers);
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
   * Outputs for all rows of a table, `rows x outputs`, row-major: the same as {@link score} to the rounding of 32-bit
   * numbers, ten times as fast.
   *
   * @throws Error when a column is missing or has become another kind
   */
  scoreTable(table: Table): Float64Array {
    this.byVectors ??= new TableScorer(this, this.members);
    return this.byVectors.score(table);
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
    } else if (encoding.edges.length > 1) {
      const standardised = standard[row] as number;
      this.addNumber({ encoding, slot, standardised, fraction: fractions[row] as number }, sum);
    } else {
      this.addRow(encoding.offset, standard[row] as number, sum);
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

  /**
   * The layers after the first: writes `outputs` numbers into `result` from `at` on, and leaves `sum` as it is.
   */
  finish(sum: Float64Array, result: Float64Array, at: number): void {
    const { hidden, outputs, later, state } = this;
    const share = 1 / later.length;
    result.fill(0, at, at + outputs);
    for (let member = 0; member < later.length; member += 1) {
      const { between, weights, bias } = later[member] as LaterLayers;
      const from = member * hidden;
      let count = this.gather(sum, from);
      for (const layer of between) {
        this.multiply(layer, count);
        count = this.gather(state, 0);
      }
      for (let output = 0; output < outputs; output += 1) {
        let total = bias[output] as number;
        for (let i = 0; i < count; i += 1) {
          total +=
            (this.values[i] as number) * (weights[(this.active[i] as number) * outputs + output] as number);
        }
        result[at + output] = (result[at + output] as number) + total * share;
      }
    }
  }

  /** Lists the units above 0: about half of them are not, and the next layer need not look at those. */
  private gather(state: Float64Array, from: number): number {
    const { hidden, active, values } = this;
    let count = 0;
    for (let unit = 0; unit < hidden; unit += 1) {
      const value = state[from + unit] as number;
      if (value > 0) {
        active[count] = unit;
        values[count] = value;
        count += 1;
      }
    }
    return count;
  }

  /** One hidden layer from the listed units, four at a time: so a unit's sum is read and written a quarter as often. */
  private multiply({ weights, bias }: HiddenLayer, count: number): void {
    const { hidden, active, values, state } = this;
    let before = bias;
    for (let i = 0; i < count || before === bias; i += 4) {
      // Past the end of the list, units count for nothing.
      const a = (active[i] as number) * hidden;
      const b = i + 1 < count ? (active[i + 1] as number) * hidden : a;
      const c = i + 2 < count ? (active[i + 2] as number) * hidden : a;
      const d = i + 3 < count ? (active[i + 3] as number) * hidden : a;
      const va = i < count ? (values[i] as number) : 0;
      const vb = i + 1 < count ? (values[i + 1] as number) : 0;
      const vc = i + 2 < count ? (values[i + 2] as number) : 0;
      const vd = i + 3 < count ? (values[i + 3] as number) : 0;
      for (let unit = 0; unit < hidden; unit += 1) {
        state[unit] =
          (before[unit] as number) +
          va * (weights[a + unit] as number) +
          vb * (weights[b + unit] as number) +
          vc * (weights[c + unit] as number) +
          vd * (weights[d + unit] as number);
      }
      before = state;
    }
  }

  /** Adds a known number's terms: slope of the whole, bins below it, part of its own bin. */
  private addNumber({ encoding, slot, standardised, fraction }: NumberTerms, sum: Float64Array): void {
    const { units, weights, sums } = this;
    const line = encoding.offset * units;
    const bin = (encoding.offset + 1 + slot) * units;
    for (let unit = 0; unit < units; unit += 1) {
      sum[unit] =
        (sum[unit] as number) +
        standardised * (weights[line + unit] as number) +
        (sums[bin + unit] as number) +
        fraction * (weights[bin + unit] as number);
    }
  }

  /** Adds a value that was not encoded before: what a table's one row would. @param value NaN when missing */
  addValue(encoding: NumericEncoding, value: number, sum: Float64Array): void {
    if (Number.isNaN(value)) {
      this.addRow(encoding.offset + encoding.width - 1, 1, sum);
      return;
    }
    const z = (value - encoding.mean) / encoding.scale;
    const standardised = Math.fround(Math.max(-STANDARD_CLIP, Math.min(STANDARD_CLIP, z)));
    const { edges } = encoding;
    if (edges.length < 2) {
      this.addRow(encoding.offset, standardised, sum);
      return;
    }
    const slot = binOf(value, edges);
    const low = edges[slot] as number;
    const fraction = Math.fround(
      Math.max(0, Math.min(1, (value - low) / ((edges[slot + 1] as number) - low))),
    );
    this.addNumber({ encoding, slot, standardised, fraction }, sum);
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

/** As doubles, so that the loops need not turn each weight into one. */
type HiddenLayer = { readonly weights: Float64Array; readonly bias: Float64Array };
type LaterLayers = HiddenLayer & { readonly between: readonly HiddenLayer[] };
type NumberTerms = {
  readonly encoding: NumericEncoding;
  readonly slot: number;
  readonly standardised: number;
  readonly fraction: number;
};

function laterLayers({ denses }: MemberNetwork): LaterLayers {
  const doubles = ({ weights, bias }: MemberNetwork['denses'][number]): HiddenLayer => ({
    weights: Float64Array.from(weights),
    bias: Float64Array.from(bias),
  });
  const last = denses.at(-1) as MemberNetwork['denses'][number];
  return { ...doubles(last), between: denses.slice(1, -1).map(doubles) };
}
