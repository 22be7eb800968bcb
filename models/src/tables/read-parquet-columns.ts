import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects, parquetSchema } from 'hyparquet';
import type { TextTable } from './read-text-columns.js';
import { TableProblem } from './table-problem.js';
import { TextColumnBuilder } from './text-columns.js';

export type ReadParquetOptions = {
  /** Most columns; a table with more is refused. */
  readonly maxColumns: number;
  readonly onProgress?: ((share: number) => void) | undefined;
};

/** Rows read at a time. */
const CHUNK = 20_000;

/**
 * Reads a Parquet file (uncompressed or Snappy) into columns of texts, as a CSV file is read: one way to infer types and to
 * tell what is wrong. Dates become ISO days or times; lists and structures are refused.
 *
 * @throws TableProblem where the file is no Parquet, is compressed otherwise, or holds nested columns
 */
export async function readParquetColumns(path: string, options: ReadParquetOptions): Promise<TextTable> {
  const problem = (rule: string) => new TableProblem(`${path} can't be read as Parquet: ${rule}`);
  const file = await asyncBufferFromFile(path).catch(() => {
    throw new TableProblem(`There is no file ${path}. Give the path of a .parquet, .csv or .csv.gz file.`);
  });
  const metadata = await parquetMetadataAsync(file).catch((error: unknown) => {
    throw problem(`${error instanceof Error ? error.message : String(error)}. Export it again, or as CSV.`);
  });
  const { children } = parquetSchema(metadata);
  const nested = children.find((child) => child.children.length > 0);
  if (nested !== undefined) {
    throw problem(
      `column "${nested.element.name}" holds lists or structures. Export it flat, or leave it out.`,
    );
  }
  if (children.length > options.maxColumns) {
    throw new TableProblem(
      `The table has ${children.length.toLocaleString('en')} columns; at most ${options.maxColumns.toLocaleString('en')} are supported. Keep the columns that could matter and remove the others from the file.`,
    );
  }
  const names = children.map(({ element }) => element.name);
  const builders = names.map((name) => new TextColumnBuilder(name));
  const rows = Number(metadata.num_rows);
  if (rows === 0) {
    throw new TableProblem(`${path} holds no rows.`);
  }
  for (let start = 0; start < rows; start += CHUNK) {
    const part = await parquetReadObjects({
      file,
      metadata,
      rowStart: start,
      rowEnd: Math.min(rows, start + CHUNK),
    }).catch((error: unknown) => {
      throw problem(
        `${error instanceof Error ? error.message : String(error)}. Export it with Snappy or without compression, or as CSV.`,
      );
    });
    for (const record of part) {
      names.forEach((name, column) => {
        builders[column]?.push(textOf(record[name]));
      });
    }
    options.onProgress?.(Math.min(1, (start + CHUNK) / rows));
  }
  return { rows, columns: builders.map((builder) => builder.finish()), delimiter: '' };
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) {
    return '';
  }
  if (value instanceof Date) {
    const text = value.toISOString();
    return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text;
  }
  return String(value).trim();
}
