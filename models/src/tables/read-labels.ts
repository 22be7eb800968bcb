import { TableProblem } from './table-problem.js';
import type { TextColumn } from './text-columns.js';

export interface Labels {
  /** 1 or 0 per kept row. */
  readonly labels: Int32Array;
  /** The rows of the file that have a label. */
  readonly rows: Int32Array;
  readonly positive: string;
  readonly notes: readonly string[];
}

const YES = ['1', 'yes', 'true', 'y', 't'];
/** What stands for no answer in a target. "none" is not among them: that can be an answer. */
const UNKNOWN = new Set(['', 'na', 'n/a', '#n/a', 'nan', 'null']);

/**
 * Reads the target column: rows with the positive value are 1, all others 0, rows without a value are left out.
 * Without a named positive value, the usual ones (1, yes, true) are recognised in columns of two values.
 *
 * @throws TableProblem when the positive value does not occur, or the column holds one value only
 */
export function readLabels(column: TextColumn, positive?: string): Labels {
  const isUnknown = (text: string) => UNKNOWN.has(text.toLowerCase()) && (text === '' || text !== positive);
  const present = column.texts.flatMap((text, code) => (isUnknown(text) ? [] : [{ text, code }]));
  const summary = describeValues(column);
  if (present.length === 0) {
    throw new TableProblem(
      `The target "${column.name}" holds no value in any of ${column.codes.length.toLocaleString('en')} rows. Check --target, or fill the column in.`,
    );
  }
  if (present.length === 1) {
    throw new TableProblem(
      `The target "${column.name}" has only one class: ${summary}. A model needs rows of both; check --target, or take data from a longer time.`,
    );
  }
  const chosen = choosePositive(
    column.name,
    present.map(({ text }) => text),
    { positive, summary },
  );
  const code = column.texts.indexOf(chosen);
  const rows: number[] = [];
  column.codes.forEach((value, row) => {
    if (!isUnknown(column.texts[value] ?? '')) {
      rows.push(row);
    }
  });
  const notes: string[] = [];
  if (rows.length < column.codes.length) {
    notes.push(`${column.codes.length - rows.length} rows have no "${column.name}" and were left out`);
  }
  if (present.length > 2) {
    notes.push(
      `"${column.name}" has ${present.length} values; "${chosen}" counts as positive, all others as negative`,
    );
  }
  return {
    labels: Int32Array.from(rows, (row) => (column.codes[row] === code ? 1 : 0)),
    rows: Int32Array.from(rows),
    positive: chosen,
    notes,
  };
}

function choosePositive(
  name: string,
  values: readonly string[],
  { positive, summary }: { positive: string | undefined; summary: string },
): string {
  if (positive !== undefined) {
    const same =
      values.find((value) => value === positive) ?? values.find((value) => sameNumber(value, positive));
    if (same === undefined) {
      throw new TableProblem(
        `"${positive}" does not occur in the target "${name}", which holds ${summary}. Set --positive to one of these.`,
      );
    }
    return same;
  }
  const usual = values.filter((value) => YES.includes(value.toLowerCase()));
  if (values.length === 2 && usual.length === 1 && usual[0] !== undefined) {
    return usual[0];
  }
  throw new TableProblem(`Which value of "${name}" counts as positive? It holds ${summary}. Set --positive.`);
}

function sameNumber(a: string, b: string): boolean {
  return a !== '' && b !== '' && Number(a) === Number(b);
}

function describeValues(column: TextColumn): string {
  const shown = column.texts
    .map((text, code) => ({
      text: text === '' ? 'empty cells' : `"${text}"`,
      count: column.counts[code] ?? 0,
    }))
    .sort((a, b) => b.count - a.count);
  const list = shown.slice(0, 6).map(({ text, count }) => `${text} (${count.toLocaleString('en')} rows)`);
  return `${list.join(', ')}${shown.length > 6 ? `, and ${shown.length - 6} other values` : ''}`;
}
