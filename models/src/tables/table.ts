/**
 * A column of numbers. `NaN` means missing; infinities are not allowed (see {@link createTable}).
 * Index `i` is row `i`.
 */
export interface NumericColumn {
  readonly kind: 'numeric';
  readonly name: string;
  readonly values: Float64Array;
}

/** A column of categories: `codes[i]` is an index into `levels`, or -1 for missing. */
export interface CategoricalColumn {
  readonly kind: 'categorical';
  readonly name: string;
  readonly codes: Int32Array;
  readonly levels: readonly string[];
}

export type Column = NumericColumn | CategoricalColumn;

/** Rows of features, held by column. The label is never a column of it. */
export interface Table {
  readonly rows: number;
  readonly columns: readonly Column[];
}

/**
 * Puts columns together and checks them.
 *
 * @throws Error when lengths differ, names repeat, a number is infinite or a code has no level.
 */
export function createTable(columns: readonly Column[]): Table {
  const rows = columns[0] === undefined ? 0 : columnLength(columns[0]);
  const names = new Set<string>();
  for (const column of columns) {
    if (names.has(column.name)) {
      throw new Error(`Expected each column name once, got "${column.name}" twice`);
    }
    names.add(column.name);
    if (columnLength(column) !== rows) {
      throw new Error(`Expected ${rows} rows in column "${column.name}", got ${columnLength(column)}`);
    }
    checkValues(column);
  }
  return { rows, columns };
}

function checkValues(column: Column): void {
  if (column.kind === 'numeric') {
    const at = column.values.findIndex((value) => value === Infinity || value === -Infinity);
    if (at >= 0) {
      throw new Error(
        `Expected finite numbers or NaN (missing) in column "${column.name}", got ${column.values[at]} in row ${at}`,
      );
    }
    return;
  }
  const at = column.codes.findIndex((code) => code < -1 || code >= column.levels.length);
  if (at >= 0) {
    throw new Error(
      `Expected codes from -1 to ${column.levels.length - 1} in column "${column.name}", got ${column.codes[at]} in row ${at}`,
    );
  }
}

function columnLength(column: Column): number {
  return column.kind === 'numeric' ? column.values.length : column.codes.length;
}

/** A numeric column from any numbers; `null` and `undefined` become missing. */
export function numericColumn(name: string, values: ArrayLike<number | null | undefined>): NumericColumn {
  return { kind: 'numeric', name, values: Float64Array.from(values, (value) => value ?? Number.NaN) };
}

/**
 * A categorical column from strings; `null`, `undefined` and '' become missing. Levels are sorted, so that the order
 * of rows doesn't change them.
 */
export function categoricalColumn(
  name: string,
  values: ArrayLike<string | null | undefined>,
): CategoricalColumn {
  const seen = new Set<string>();
  for (let row = 0; row < values.length; row += 1) {
    const value = values[row];
    if (value !== undefined && value !== null && value !== '') {
      seen.add(value);
    }
  }
  const levels = [...seen].sort();
  const codeOf = new Map(levels.map((level, code) => [level, code]));
  const codes = Int32Array.from(values, (value) => codeOf.get(value ?? '') ?? -1);
  return { kind: 'categorical', name, codes, levels };
}

/** The given rows, in the given order (an index may repeat). Levels are kept as they are. */
export function selectRows(table: Table, rows: ArrayLike<number>): Table {
  const columns = table.columns.map((column): Column => {
    if (column.kind === 'numeric') {
      return { ...column, values: Float64Array.from(rows, (row) => column.values[row] ?? Number.NaN) };
    }
    return { ...column, codes: Int32Array.from(rows, (row) => column.codes[row] ?? -1) };
  });
  return { rows: rows.length, columns };
}

/** The table without the named columns. */
export function dropColumns(table: Table, names: readonly string[]): Table {
  return { rows: table.rows, columns: table.columns.filter((column) => !names.includes(column.name)) };
}
