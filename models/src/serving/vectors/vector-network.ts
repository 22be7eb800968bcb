// Kernel over typed arrays whose sizes are fixed in the constructor; rows of a call are at most ROWS_AT_ONCE.
import type { Dense, MemberNetwork } from '../../networks/member-networks.js';
import type { CompiledScorer } from '../compiled-scorer.js';
import { FeatureRows, type FeatureTerms } from './feature-terms.js';
import { liveUnits } from './live-units.js';
import type { TermList } from './term-list.js';
import {
  MOST_VECTORS,
  TERM_BYTES,
  VECTOR_BYTES,
  type VectorProgram,
  vectorProgram,
} from './vector-program.js';

/** Rows that one call works on: enough to share the reading of weights, few enough to stay in the nearest memory. */
export const ROWS_AT_ONCE = 64;

/** Some vectors of a row that one call works on, and where they begin (bytes). */
type Block = { readonly vectors: number; readonly column: number };
type Layer = { readonly inputs: number; readonly outputs: number; readonly blocks: readonly LayerBlock[] };
type LayerBlock = Block & { readonly weights: number; readonly bias: number };
type Member = { readonly column: number; readonly layers: readonly Layer[] };

/**
 * A network ready for scoring, four units at a time, in a memory of its own. What a feature adds to the first layer is
 * piecewise linear in its value: so there is a row of first-layer sums per break, worked out by {@link CompiledScorer},
 * and a value lies between two of them. The numbers are 32-bit floats, as in TensorFlow.js.
 */
export class VectorNetwork {
  readonly outputs: number;
  /** Per feature, in the scorer's order. */
  readonly features: readonly FeatureTerms[];
  /** Bytes of a row of first-layer sums. */
  readonly stride: number;
  /** Address of a row of zeros, and of the biases alone. */
  readonly zeros: number;
  readonly bias: number;
  /** Address of the sums that {@link finish} reads: up to {@link ROWS_AT_ONCE} rows. */
  readonly sums: number;
  /** Written by {@link finish}: a row's outputs, and how far rows are apart. */
  readonly results: Float32Array;
  readonly resultStride: number;
  private readonly program: VectorProgram;
  private readonly buffer: ArrayBuffer;
  private readonly firstBlocks: readonly Block[];
  private readonly members: readonly Member[];
  private readonly states: readonly [number, number];
  private readonly stateStride: number;
  private readonly resultAddress: number;
  private free: number;
  private freeRows: number;

  /**
   * @param members those of the scorer; their last layers may have more outputs
   * @param room.terms most terms that lists hold together
   * @param room.rows most rows of partial sums
   */
  constructor(
    scorer: CompiledScorer,
    members: readonly MemberNetwork[],
    room: { readonly terms: number; readonly rows: number },
  ) {
    const live = members.map(liveUnits);
    const hidden = members[0]?.denses[0]?.outputs ?? 0;
    const columns: number[] = [];
    const sources: number[] = [];
    live.forEach(({ first }, member) => {
      columns.push(sources.length * 4);
      sources.push(...padded(first.map((unit) => member * hidden + unit)));
    });
    this.stride = sources.length * 4;
    this.firstBlocks = blocksOf(this.stride);
    this.outputs = live[0]?.later.at(-1)?.outputs ?? 0;
    this.resultStride = ceil4(this.outputs);
    const tables = new FeatureRows(scorer, Int32Array.from(sources));
    const widest = Math.max(4, ...live.flatMap(({ later }) => later.map(({ outputs }) => ceil4(outputs))));
    this.stateStride = widest * 4;
    const layerBytes = live
      .flatMap(({ later }) => later)
      .reduce((sum, { inputs, outputs }) => sum + (inputs + 1) * ceil4(outputs) * 4, 0);
    const { program, buffer } = vectorProgram(
      (room.rows + tables.rows + 2 + ROWS_AT_ONCE) * this.stride +
        layerBytes +
        2 * ROWS_AT_ONCE * this.stateStride +
        ROWS_AT_ONCE * this.resultStride * 4 +
        room.terms * TERM_BYTES,
    );
    this.program = program;
    this.buffer = buffer;
    // Ahead of the table, because a term reads the row after its own, too, if only to count it for nothing.
    this.free = 0;
    this.freeRows = this.take(room.rows * this.stride);
    const table = this.take(tables.rows * this.stride);
    this.features = tables.write(new Float32Array(buffer, table, (tables.rows * this.stride) / 4), table);
    this.zeros = this.take(this.stride);
    this.bias = this.take(this.stride);
    tables.copy(scorer.start(), this.floats(this.bias, this.stride));
    this.sums = this.take(ROWS_AT_ONCE * this.stride);
    this.states = [this.take(ROWS_AT_ONCE * this.stateStride), this.take(ROWS_AT_ONCE * this.stateStride)];
    this.resultAddress = this.take(ROWS_AT_ONCE * this.resultStride * 4);
    this.results = this.floats(this.resultAddress, ROWS_AT_ONCE * this.resultStride * 4);
    const share = 1 / members.length;
    // Members add up to their mean: the first brings the biases of all, the others begin with what is there.
    const meanBias = Float32Array.from({ length: this.outputs }, (_, output) =>
      live.reduce((sum, { later }) => sum + share * (later.at(-1)?.bias[output] ?? 0), 0),
    );
    this.members = live.map(({ later }, member) => ({
      column: columns[member] as number,
      layers: later.map((dense, depth) =>
        depth === later.length - 1
          ? this.layer({ ...dense, weights: dense.weights.map((weight) => share * weight), bias: meanBias })
          : this.layer(dense),
      ),
    }));
  }

  /** Makes room for a list of terms. */
  termList(terms: number): TermList {
    const address = this.take(terms * TERM_BYTES);
    return {
      address,
      rows: new Int32Array(this.buffer, address, terms * 2),
      fractions: new Float32Array(this.buffer, address, terms * 2),
    };
  }

  /** Makes room for rows of sums. @returns the address of the first */
  rowSpace(rows: number): number {
    const at = this.freeRows;
    this.freeRows += rows * this.stride;
    return at;
  }

  /** Sums up `count` terms per row of the list, beginning with the row at `start`; rows go to `out`. */
  gather({
    list,
    count,
    rows,
    start,
    out,
  }: {
    readonly list: TermList;
    readonly count: number;
    readonly rows: number;
    readonly start: number;
    readonly out: number;
  }): void {
    for (const { vectors, column } of this.firstBlocks) {
      this.program.gather[vectors]?.(list.address, count, rows, start, out, this.stride, column);
    }
  }

  /** The layers after the first, for so many rows of {@link sums}; outputs are in {@link results}. */
  finish(rows: number): void {
    const { program, states, stateStride, resultAddress } = this;
    const resultBytes = this.resultStride * 4;
    for (const [place, { column, layers }] of this.members.entries()) {
      let x = this.sums + column;
      let xStride = this.stride;
      for (const [depth, { inputs, blocks }] of layers.entries()) {
        const isLast = depth === layers.length - 1;
        const out = isLast ? resultAddress : states[depth % 2 === 0 ? 0 : 1];
        const outStride = isLast ? resultBytes : stateStride;
        const addsUp = isLast && place > 0;
        for (const { vectors, column: from, weights, bias } of blocks) {
          const start = addsUp ? out + from : bias;
          const startStride = addsUp ? outStride : 0;
          program.dense[vectors]?.(
            x,
            xStride,
            inputs,
            weights,
            start,
            startStride,
            out + from,
            outStride,
            rows,
          );
        }
        x = out;
        xStride = outStride;
      }
    }
  }

  private layer({ inputs, outputs, weights, bias }: Dense): Layer {
    const blocks = blocksOf(ceil4(outputs) * 4).map(({ vectors, column }): LayerBlock => {
      const width = vectors * 4;
      const first = column / 4;
      const at = this.take(inputs * width * 4);
      const stored = this.floats(at, inputs * width * 4);
      const biasAt = this.take(width * 4);
      const storedBias = this.floats(biasAt, width * 4);
      for (let unit = 0; unit < width && first + unit < outputs; unit += 1) {
        storedBias[unit] = bias[first + unit] as number;
        for (let input = 0; input < inputs; input += 1) {
          stored[input * width + unit] = weights[input * outputs + first + unit] as number;
        }
      }
      return { vectors, column, weights: at, bias: biasAt };
    });
    return { inputs, outputs, blocks };
  }

  private take(bytes: number): number {
    const at = this.free;
    this.free += bytes;
    return at;
  }

  private floats(address: number, bytes: number): Float32Array {
    return new Float32Array(this.buffer, address, bytes / 4);
  }
}

/** Splits a row into as few blocks of as even a size as registers allow. */
function blocksOf(bytes: number): Block[] {
  const vectors = bytes / VECTOR_BYTES;
  const count = Math.ceil(vectors / MOST_VECTORS);
  return Array.from({ length: count }, (_, block) => {
    const from = Math.round((block * vectors) / count);
    return { vectors: Math.round(((block + 1) * vectors) / count) - from, column: from * VECTOR_BYTES };
  });
}

function ceil4(size: number): number {
  return Math.ceil(size / 4) * 4;
}

/** Fills up to whole vectors; -1 stands for a unit that is none. */
function padded(units: readonly number[]): number[] {
  return [...units, ...new Array<number>(ceil4(units.length) - units.length).fill(-1)];
}
