import type { CategoricalColumn, Column, NumericColumn } from './table.js';
import { TableProblem } from './table-problem.js';
import type { TextColumn } from './text-columns.js';
import { asProgramsWrite, DATE_OF_PEOPLE, PLAIN_NUMBER, type PlainColumn } from './written-by-people.js';

/** What a column is read as. Dates become days since 1970. */
export type ColumnType = 'number' | 'category' | 'date';

export interface InferredColumn {
  readonly column: Column;
  readonly type: ColumnType;
  readonly missing: number;
  readonly distinct: number;
  /** Things a reader should know, e.g. how many values were read as missing. */
  readonly notes: readonly string[];
}

const MISSING = new Set([
  '',
  'na',
  'n/a',
  'nan',
  '#n/a',
  '<na>',
  'null',
  'none',
  'nil',
  '?',
  '-',
  '--',
  '\\n',
]);
const INFINITE = /^[+-]?inf(inity)?$/i;
const DATE = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/;
/** From this share of numbers on, the other texts are taken for mistakes in a numeric column. */
const MOSTLY_NUMBERS = 0.9;
const MS_PER_DAY = 86_400_000;

/**
 * Decides what a column is and reads it. A column in which nearly everything is a number must be one throughout:
 * better to ask than to guess.
 *
 * @param forced what the reader says the column is; then texts that don't fit are missing
 * @throws TableProblem on an infinite number, or a text among numbers, with the line and what to do
 */
export function inferColumn(written: TextColumn, forced?: ColumnType): InferredColumn {
  const { column: source, note } = forced === 'category' ? { column: written } : plainColumn(written);
  const inferred = inferPlain(source, forced);
  return note === undefined ? inferred : { ...inferred, notes: [note, ...inferred.notes] };
}

/** The column with numbers and dates as programs write them, where it is clear how they are meant. */
export function plainColumn(column: TextColumn): PlainColumn {
  return asProgramsWrite(column, isMissing);
}

function isMissing(text: string): boolean {
  return MISSING.has(text.toLowerCase());
}

function inferPlain(source: TextColumn, forced: ColumnType | undefined): InferredColumn {
  const kinds = source.texts.map(kindOfText);
  const count = (kind: TextKind): number =>
    kinds.reduce((sum, other, code) => sum + (other === kind ? (source.counts[code] ?? 0) : 0), 0);
  const missing = count('missing');
  const present = source.codes.length - missing;
  const numbers = count('number');
  const type = forced ?? likelyType(present, numbers, count('date'));
  if (type === 'category') {
    const hint = forced === undefined ? writtenAsText(source) : undefined;
    const notes = hint === undefined ? [] : [hint];
    return { column: categories(source, kinds), type, missing, distinct: distinctOf(kinds), notes };
  }
  const wanted: TextKind = type === 'date' ? 'date' : 'number';
  refuseInfinity(source, kinds);
  const misfits = kinds.flatMap((kind, code) => (kind !== wanted && kind !== 'missing' ? [code] : []));
  if (forced === undefined && misfits[0] !== undefined) {
    throw misfit(source, { code: misfits[0], type, fitting: wanted === 'date' ? count('date') : numbers });
  }
  const lost = misfits.reduce((sum, code) => sum + (source.counts[code] ?? 0), 0);
  const notes = [
    ...(lost > 0 ? [`${lost} values that are no ${type} were read as missing`] : []),
    ...notANumberNotes(source),
  ];
  const values = source.texts.map((text, code) =>
    kinds[code] === wanted ? readText(text, type) : Number.NaN,
  );
  return {
    column: numbersOf(source, values),
    type,
    missing: missing + lost,
    distinct: distinctOf(kinds),
    notes,
  };
}

/** "$1,234.50", "12,5" or "30 %": a number to people. */
const NUMBER_AS_TEXT = /^[^\p{L}\d]{0,3}\d[\d.,' ]*(\s?[^\d\s]{1,3})?$/u;
const MANY_NUMBERS = 10;

/** What to do about a column of texts that are numbers or dates to people, if it is one. */
export function writtenAsText({ texts }: TextColumn): string | undefined {
  const present = texts.filter((text) => !isMissing(text));
  const example = present.find((text) => !PLAIN_NUMBER.test(text));
  if (example === undefined || present.length < MANY_NUMBERS) {
    return undefined;
  }
  if (present.every((text) => DATE_OF_PEOPLE.test(text))) {
    return `it looks like dates ("${example}"), but what is the day and what the month isn't clear; write 2024-01-31 to have them read as such`;
  }
  return present.every((text) => NUMBER_AS_TEXT.test(text) && !DATE.test(text))
    ? `it looks like numbers written as text ("${example}"); write plain numbers (1234.5) to have them read as such`
    : undefined;
}

type TextKind = 'missing' | 'number' | 'infinite' | 'date' | 'text';

function kindOfText(text: string): TextKind {
  if (isMissing(text)) {
    return 'missing';
  }
  if (PLAIN_NUMBER.test(text)) {
    return Number.isFinite(Number(text)) ? 'number' : 'infinite';
  }
  if (INFINITE.test(text)) {
    return 'infinite';
  }
  return DATE.test(text) && !Number.isNaN(Date.parse(text)) ? 'date' : 'text';
}

function likelyType(present: number, numbers: number, dates: number): ColumnType {
  if (present === 0 || numbers >= MOSTLY_NUMBERS * present) {
    return 'number';
  }
  return dates >= MOSTLY_NUMBERS * present ? 'date' : 'category';
}

function distinctOf(kinds: readonly TextKind[]): number {
  return kinds.filter((kind) => kind !== 'missing').length;
}

function refuseInfinity(source: TextColumn, kinds: readonly TextKind[]): void {
  const code = kinds.indexOf('infinite');
  if (code >= 0) {
    throw new TableProblem(
      `Column "${source.name}", ${place(source, code)}: "${source.texts[code]}" is not a finite number. Leave the cell empty where the value is unknown, put in a large number where it is a limit, or drop the column with --ignore ${quoted(source.name)}.`,
    );
  }
}

interface Misfit {
  readonly code: number;
  readonly type: ColumnType;
  readonly fitting: number;
}

function misfit(source: TextColumn, { code, type, fitting }: Misfit): TableProblem {
  const name = quoted(source.name);
  return new TableProblem(
    `Column "${source.name}", ${place(source, code)}: "${source.texts[code]}" stands where ${fitting.toLocaleString('en')} other rows hold ${type}s. Correct the file; or read such cells as missing with --types ${name}=${type}, all as categories with --types ${name}=category, or drop the column with --ignore ${name}.`,
  );
}

function place(source: TextColumn, code: number): string {
  // Line 1 is the header; quoted line breaks may shift it.
  return `line ${(source.firstRows[code] ?? 0) + 2}`;
}

function quoted(name: string): string {
  return /[\s,]/.test(name) ? `'${name}'` : name;
}

function notANumberNotes(source: TextColumn): string[] {
  return source.texts.flatMap((text, code) =>
    text !== '' && isMissing(text)
      ? [`${source.counts[code] ?? 0} "${text}" were read as missing; leave cells empty to say so plainly`]
      : [],
  );
}

function readText(text: string, type: ColumnType): number {
  return type === 'date' ? Date.parse(text) / MS_PER_DAY : Number(text);
}

function numbersOf(source: TextColumn, values: readonly number[]): NumericColumn {
  return {
    kind: 'numeric',
    name: source.name,
    values: Float64Array.from(source.codes, (code) => values[code] ?? Number.NaN),
  };
}

function categories(source: TextColumn, kinds: readonly TextKind[]): CategoricalColumn {
  const levels = source.texts.filter((_, code) => kinds[code] !== 'missing').sort();
  const codeOf = new Map(levels.map((level, code) => [level, code]));
  const codes = source.texts.map((text) => codeOf.get(text) ?? -1);
  return {
    kind: 'categorical',
    name: source.name,
    levels,
    codes: Int32Array.from(source.codes, (code) => codes[code] ?? -1),
  };
}
