import type { NumericColumn } from '../tables/table.js';

// Kernel over typed arrays: every row has one value per column, and columns grow together.

/** Rows of numbers gathered one by one and held by column, so that no second copy is needed to train on them. */
export class FeatureRows {
  private columns: Float64Array[];
  private count = 0;
  private readonly names: readonly string[];

  constructor(names: readonly string[]) {
    this.names = names;
    this.columns = names.map(() => new Float64Array(256));
  }

  get rows(): number {
    return this.count;
  }

  /** @param values one per column; NaN for missing */
  add(values: ArrayLike<number>): void {
    if (values.length !== this.columns.length) {
      throw new Error(`Expected ${this.columns.length} values in a row, got ${values.length}`);
    }
    if (this.columns[0] !== undefined && this.count === this.columns[0].length) {
      this.columns = this.columns.map((column) => grown(column));
    }
    for (let column = 0; column < values.length; column += 1) {
      (this.columns[column] as Float64Array)[this.count] = values[column] as number;
    }
    this.count += 1;
  }

  /** Drops the rows that the predicate refuses; the rest move up and keep their order. */
  retain(keeps: (row: number) => boolean): void {
    let kept = 0;
    for (let row = 0; row < this.count; row += 1) {
      if (!keeps(row)) {
        continue;
      }
      for (const column of this.columns) {
        column[kept] = column[row] as number;
      }
      kept += 1;
    }
    this.count = kept;
  }

  /** The rows as columns; views of the rows so far. */
  toColumns(): NumericColumn[] {
    return this.names.map((name, column) => ({
      kind: 'numeric',
      name,
      values: (this.columns[column] as Float64Array).subarray(0, this.count),
    }));
  }
}

function grown(column: Float64Array): Float64Array {
  const larger = new Float64Array(column.length * 2);
  larger.set(column);
  return larger;
}
