import { type ColumnType, inferColumn, plainColumn, writtenAsText } from './infer-column.js';
import { readLabels } from './read-labels.js';
import { readParquetColumns } from './read-parquet-columns.js';
import { readTextColumns } from './read-text-columns.js';
import { createTable, selectRows, type Table } from './table.js';
import { noSuchColumn, TableProblem } from './table-problem.js';
import type { TextColumn } from './text-columns.js';

export interface ReadLabelledOptions {
  readonly target: string;
  /** The value of the target that counts as 1; found out when left out. */
  readonly positive?: string | undefined;
  readonly ignore?: readonly string[] | undefined;
  readonly delimiter?: string | undefined;
  /** Rows with the same value here stay on one side of every split; the column is not a feature. */
  readonly group?: string | undefined;
  /** Overrides of what columns are read as. */
  readonly types?: Readonly<Record<string, ColumnType>> | undefined;
  readonly onProgress?: ((share: number) => void) | undefined;
}

export interface ColumnSummary {
  readonly name: string;
  readonly type: ColumnType;
  readonly missing: number;
  readonly distinct: number;
}

export interface LabelledTable {
  readonly table: Table;
  /** 1 or 0 per row of the table. */
  readonly labels: Int32Array;
  readonly positive: string;
  /** A number per row; equal for rows of one group. Absent without a group column. */
  readonly groups: Int32Array | undefined;
  readonly schema: readonly ColumnSummary[];
  /** Names of columns that hold dates, for splits by time. */
  readonly dates: readonly string[];
  /** What was decided on the reader's behalf, one sentence each. */
  readonly notes: readonly string[];
}

const MAX_COLUMNS = 2000;

/**
 * Reads a table with a yes/no target from a CSV (also `.gz`) or Parquet file: infers what each column is, leaves out
 * identifiers and columns that never change, and says so in `notes`.
 *
 * @throws TableProblem with what is wrong, where, and what to do
 */
export async function readLabelledTable(path: string, options: ReadLabelledOptions): Promise<LabelledTable> {
  const { delimiter, onProgress } = options;
  const text = path.endsWith('.parquet')
    ? await readParquetColumns(path, { onProgress, maxColumns: MAX_COLUMNS })
    : await readTextColumns(path, { delimiter, onProgress, maxColumns: MAX_COLUMNS });
  const names = text.columns.map(({ name }) => name);
  const ignored = new Set(options.ignore ?? []);
  for (const name of [
    options.target,
    ...(options.group ? [options.group] : []),
    ...ignored,
    ...Object.keys(options.types ?? {}),
  ]) {
    if (!names.includes(name)) {
      throw noSuchColumn(name, names);
    }
  }
  const target = text.columns.find(({ name }) => name === options.target);
  if (target === undefined || ignored.has(options.target)) {
    throw new TableProblem(
      `The target "${options.target}" is among the columns to ignore. Remove it from --ignore.`,
    );
  }
  const { labels, rows, positive, notes: labelNotes } = readLabels(target, options.positive);
  const notes = [...labelNotes];
  const schema: ColumnSummary[] = [];
  const kept = text.columns.flatMap((column) => {
    if (column === target || column.name === options.group || ignored.has(column.name)) {
      return [];
    }
    const reason = uselessBecause(plainColumn(column).column, text.rows);
    if (reason !== undefined && options.types?.[column.name] === undefined) {
      notes.push(`"${column.name}" was left out: ${reason}`);
      return [];
    }
    const inferred = inferColumn(column, options.types?.[column.name]);
    notes.push(...inferred.notes.map((note) => `"${column.name}": ${note}`));
    const { type, missing, distinct } = inferred;
    schema.push({ name: column.name, type, missing, distinct });
    return [inferred.column];
  });
  if (kept.length === 0) {
    const why = notes.length === 0 ? '' : ` (${notes.join('; ')})`;
    throw new TableProblem(
      `No column is left to learn from besides the target "${options.target}"${why}. Check --ignore and --delimiter.`,
    );
  }
  const group = text.columns.find(({ name }) => name === options.group);
  return {
    groups: group && Int32Array.from(rows, (row) => group.codes[row] ?? -1),
    table: selectRows(createTable(kept), rows),
    labels,
    positive,
    schema,
    dates: schema.filter(({ type }) => type === 'date').map(({ name }) => name),
    notes,
  };
}

/** Why a column can't tell anything about rows never seen, if so. */
function uselessBecause(column: TextColumn, rows: number): string | undefined {
  if (column.texts.length === 1) {
    return 'it holds the same value in every row';
  }
  if (column.texts.length < rows || rows < 20) {
    return undefined;
  }
  const numbers = column.texts.map(Number);
  if (numbers.some((value, i) => Number.isNaN(value) || column.texts[i] === '')) {
    return /^\d{4}-\d{2}-\d{2}/.test(column.texts[0] ?? '')
      ? undefined
      : (writtenAsText(column) ?? 'every row has another text, as an identifier does');
  }
  const counts = numbers.every((value, i) => i === 0 || value === (numbers[i - 1] ?? 0) + 1);
  return counts ? 'it counts the rows' : undefined;
}
