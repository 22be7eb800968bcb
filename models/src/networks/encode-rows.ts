// Kernels over typed arrays: row indices come from the caller and are below `rows`; slots are below `width`.
import type { CategoricalColumn, Column, NumericColumn, Table } from '../tables/table.js';
import {
  type CategoricalEncoding,
  encodedWidth,
  type FeatureEncoding,
  type NumericEncoding,
  STANDARD_CLIP,
} from './feature-encoding.js';

/** One feature of all rows, made ready so that a row's inputs can be written without searching. */
export interface EncodedFeature {
  readonly encoding: FeatureEncoding;
  /** Numeric: the bin the value lies in, -1 when missing. Categorical: the input to set. */
  readonly slots: Int32Array;
  /** Numeric: how far into the bin, 0 to 1. Empty for categorical. */
  readonly fractions: Float32Array;
  /** Numeric: the standardised, clipped value. Empty for categorical. */
  readonly standard: Float32Array;
}

/** A table read through encodings; holds one slot per cell, not the wide inputs. */
export interface EncodedRows {
  readonly rows: number;
  readonly width: number;
  readonly features: readonly EncodedFeature[];
}

/**
 * Reads a table by encodings fitted before. Columns are found by name; extra columns are ignored.
 *
 * @throws Error when a column is missing or has become another kind.
 */
export function encodeRows(table: Table, encodings: readonly FeatureEncoding[]): EncodedRows {
  const features = encodings.map((encoding) =>
    encoding.kind === 'numeric'
      ? encodeNumeric(columnOf(table, encoding), encoding)
      : encodeCategorical(columnOf(table, encoding), encoding),
  );
  return { rows: table.rows, width: encodedWidth(encodings), features };
}

/**
 * The column an encoding reads, by name.
 *
 * @throws Error when it is missing or has become another kind
 */
export function columnOf<Kind extends FeatureEncoding['kind']>(
  { columns }: Table,
  { kind, name }: { readonly kind: Kind; readonly name: string },
): Extract<Column, { kind: Kind }> {
  const column = columns.find((each) => each.name === name);
  if (column === undefined) {
    throw new Error(`Expected a column "${name}", got ${columns.map((each) => each.name).join(', ')}`);
  }
  if (column.kind !== kind) {
    throw new Error(`Expected column "${name}" to be ${kind}, got ${column.kind}`);
  }
  return column as Extract<Column, { kind: Kind }>;
}

function encodeNumeric(column: NumericColumn, encoding: NumericEncoding): EncodedFeature {
  const rows = column.values.length;
  const slots = new Int32Array(rows);
  const fractions = new Float32Array(rows);
  const standard = new Float32Array(rows);
  const edges = Float64Array.from(encoding.edges);
  const lastBin = edges.length - 2;
  for (let row = 0; row < rows; row += 1) {
    const value = column.values[row] as number;
    if (Number.isNaN(value)) {
      slots[row] = -1;
      continue;
    }
    const z = (value - encoding.mean) / encoding.scale;
    standard[row] = Math.max(-STANDARD_CLIP, Math.min(STANDARD_CLIP, z));
    if (lastBin < 0) {
      continue;
    }
    const bin = binOf(value, edges);
    const low = edges[bin] as number;
    const high = edges[bin + 1] as number;
    slots[row] = bin;
    fractions[row] = Math.max(0, Math.min(1, (value - low) / (high - low)));
  }
  return { encoding, slots, fractions, standard };
}

/** The bin whose edges hold the value; values outside fall into the first or last. */
export function binOf(value: number, edges: ArrayLike<number>): number {
  let low = 0;
  let high = edges.length - 2;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (value >= (edges[middle] as number)) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return low;
}

function encodeCategorical(column: CategoricalColumn, encoding: CategoricalEncoding): EncodedFeature {
  const unknown = encoding.levels.length;
  const slotOf = new Map(encoding.levels.map((level, slot) => [level, slot]));
  const slotOfCode = Int32Array.from(column.levels, (level) => slotOf.get(level) ?? unknown);
  const slots = Int32Array.from(column.codes, (code) =>
    code < 0 ? unknown + 1 : (slotOfCode[code] as number),
  );
  return { encoding, slots, fractions: new Float32Array(0), standard: new Float32Array(0) };
}

/** Writes the inputs of `rows` into `out` (row-major, `rows.length` x `encoded.width`); clears it first. */
export function writeInputs(encoded: EncodedRows, rows: ArrayLike<number>, out: Float32Array): void {
  out.fill(0);
  const { width } = encoded;
  for (const { encoding, slots, fractions, standard } of encoded.features) {
    for (let i = 0; i < rows.length; i += 1) {
      const row = rows[i] as number;
      const start = i * width + encoding.offset;
      const slot = slots[row] as number;
      if (encoding.kind === 'categorical') {
        out[start + slot] = 1;
      } else if (slot < 0) {
        out[start + encoding.width - 1] = 1;
      } else {
        out[start] = standard[row] as number;
        if (encoding.edges.length > 1) {
          out.fill(1, start + 1, start + 1 + slot);
          out[start + 1 + slot] = fractions[row] as number;
        }
      }
    }
  }
}
