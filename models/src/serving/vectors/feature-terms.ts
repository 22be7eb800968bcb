// Kernel over typed arrays: places come from the caller and are below the length of the list.
import {
  type FeatureEncoding,
  type NumericEncoding,
  STANDARD_CLIP,
} from '../../networks/feature-encoding.js';
import type { CompiledScorer } from '../compiled-scorer.js';
import type { TermList } from './term-list.js';

/** How a feature's value becomes a term of the first layer: the address of a row, and how far to go to the next. */
export type FeatureTerms = NumberTerms | CategoryTerms;

/** Piecewise linear between its breaks and constant outside. */
export class NumberTerms {
  readonly kind = 'numeric';
  private readonly breaks: Float64Array;
  private readonly row: number;
  private readonly stride: number;

  constructor(
    readonly encoding: NumericEncoding,
    { row, stride }: { readonly row: number; readonly stride: number },
  ) {
    this.breaks = breaksOf(encoding);
    this.row = row;
    this.stride = stride;
  }

  /** @param value NaN when missing */
  write(list: TermList, place: number, value: number): void {
    const { breaks, row, stride } = this;
    const last = breaks.length - 1;
    let slot = 0;
    let fraction = 0;
    if (value >= (breaks[last] as number)) {
      slot = last;
    } else if (value > (breaks[0] as number)) {
      let high = last;
      while (high - slot > 1) {
        const middle = (slot + high) >> 1;
        if (value >= (breaks[middle] as number)) {
          slot = middle;
        } else {
          high = middle;
        }
      }
      const low = breaks[slot] as number;
      fraction = (value - low) / ((breaks[slot + 1] as number) - low);
    } else if (Number.isNaN(value)) {
      slot = last + 1;
    }
    list.rows[place * 2] = row + slot * stride;
    list.fractions[place * 2 + 1] = fraction;
  }
}

/** One row per level, then one for others and one for a missing level. */
export class CategoryTerms {
  readonly kind = 'categorical';
  private readonly rows: ReadonlyMap<string, number>;
  private readonly other: number;
  private readonly missing: number;

  constructor(
    readonly encoding: Extract<FeatureEncoding, { kind: 'categorical' }>,
    { row, stride }: { readonly row: number; readonly stride: number },
  ) {
    const { levels } = encoding;
    this.rows = new Map(levels.map((level, slot) => [level, row + slot * stride]));
    this.other = row + levels.length * stride;
    this.missing = this.other + stride;
  }

  /** @param level empty when missing */
  write(list: TermList, place: number, level: string): void {
    this.writeRow(list, place, this.rowOf(level));
  }

  /** The address of a level's row. @param level empty when missing */
  rowOf(level: string): number {
    return level === '' ? this.missing : (this.rows.get(level) ?? this.other);
  }

  writeRow(list: TermList, place: number, row: number): void {
    list.rows[place * 2] = row;
    list.fractions[place * 2 + 1] = 0;
  }
}

/** Works out the rows of first-layer sums of all features. */
export class FeatureRows {
  /** How many there are. */
  readonly rows: number;
  private readonly scorer: CompiledScorer;
  private readonly sources: Int32Array;

  /** @param sources per unit of a row, the scorer's unit; -1 for none */
  constructor(scorer: CompiledScorer, sources: Int32Array) {
    this.scorer = scorer;
    this.sources = sources;
    this.rows = scorer.features.reduce((sum, encoding) => sum + rowsOf(encoding), 0);
  }

  /** Writes all rows one after another. @param address of `table`, in bytes */
  write(table: Float32Array, address: number): FeatureTerms[] {
    const { scorer, sources } = this;
    const units = sources.length;
    const stride = units * 4;
    const sum = new Float64Array(scorer.units);
    let next = 0;
    const put = (add: () => void) => {
      sum.fill(0);
      add();
      this.copy(sum, table.subarray(next * units, (next + 1) * units));
      next += 1;
    };
    return scorer.features.map((encoding) => {
      const place = { row: address + next * stride, stride };
      if (encoding.kind === 'categorical') {
        for (let slot = 0; slot < encoding.width; slot += 1) {
          put(() => scorer.addRow(encoding.offset + slot, 1, sum));
        }
        return new CategoryTerms(encoding, place);
      }
      for (const value of [...breaksOf(encoding), Number.NaN]) {
        put(() => scorer.addValue(encoding, value, sum));
      }
      return new NumberTerms(encoding, place);
    });
  }

  /** Copies a first-layer sum of the scorer, as far as its units count. */
  copy(sum: Float64Array, row: Float32Array): void {
    const { sources } = this;
    for (let unit = 0; unit < sources.length; unit += 1) {
      const source = sources[unit] as number;
      row[unit] = source < 0 ? 0 : (sum[source] as number);
    }
  }
}

function rowsOf(encoding: FeatureEncoding): number {
  return encoding.kind === 'categorical' ? encoding.width : breaksOf(encoding).length + 1;
}

/** Where the slope changes: at the edges of the bins, and where standardised values are clipped. */
function breaksOf({ edges, mean, scale }: NumericEncoding): Float64Array {
  const clips = [mean - STANDARD_CLIP * scale, mean + STANDARD_CLIP * scale];
  return Float64Array.from(new Set([...edges, ...clips])).sort();
}
