import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGunzip, gunzipSync } from 'node:zlib';
import { CsvError, parse } from 'csv-parse';
import { TableProblem } from './table-problem.js';
import { type TextColumn, TextColumnBuilder } from './text-columns.js';

export interface ReadTextOptions {
  /** One character; found out from the first line when left out. */
  readonly delimiter?: string | undefined;
  /** Most columns; a table with more is refused. */
  readonly maxColumns: number;
  readonly onProgress?: ((share: number) => void) | undefined;
}

export interface TextTable {
  readonly rows: number;
  readonly columns: readonly TextColumn[];
  readonly delimiter: string;
}

const DELIMITERS = [',', ';', '\t', '|'];

/**
 * Streams a CSV file (also `.gz`) with a header line into columns of texts; cells are trimmed.
 *
 * @throws TableProblem when the file is missing, empty, ragged, not CSV, or too wide
 */
export async function readTextColumns(path: string, options: ReadTextOptions): Promise<TextTable> {
  const size = await fileSize(path);
  const zipped = path.endsWith('.gz');
  const header = await firstLine(path, zipped);
  checkIsText(header, path);
  const delimiter = options.delimiter ?? likelyDelimiter(header);
  checkDelimiter(delimiter, header);
  let builders: TextColumnBuilder[] | undefined;
  let rows = 0;
  let read = 0;
  let problem: TableProblem | undefined;
  const source = createReadStream(path, { highWaterMark: 1 << 18 });
  source.on('data', (chunk) => {
    read += chunk.length;
    options.onProgress?.(read / size);
  });
  const parser = parse({ delimiter, bom: true, trim: true, skip_empty_lines: true, relax_quotes: false });
  const collect = async (records: AsyncIterable<string[]>): Promise<void> => {
    for await (const record of records) {
      if (builders === undefined) {
        const header = checkHeader(record, options.maxColumns);
        if (header instanceof TableProblem) {
          // Kept aside: what the pipeline throws in the end is that it was cut short.
          problem = header;
          return;
        }
        builders = header.map((name) => new TextColumnBuilder(name));
      } else {
        rows += 1;
        for (let column = 0; column < builders.length; column += 1) {
          builders[column]?.push(record[column] ?? '');
        }
      }
    }
  };
  try {
    await (zipped ? pipeline(source, createGunzip(), parser, collect) : pipeline(source, parser, collect));
  } catch (error) {
    throw problem ?? asProblem(error, path);
  }
  if (problem !== undefined) {
    throw problem;
  }
  if (builders === undefined || rows === 0) {
    throw new TableProblem(`${path} holds no rows: expected a header line and at least one row below it.`);
  }
  return { rows, columns: builders.map((builder) => builder.finish()), delimiter };
}

async function fileSize(path: string): Promise<number> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined || !found.isFile()) {
    throw new TableProblem(`There is no file ${path}. Give the path of a .csv or .csv.gz file.`);
  }
  return Math.max(1, found.size);
}

async function firstLine(path: string, zipped: boolean): Promise<string> {
  const handle = await open(path);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(1 << 16), 0, 1 << 16, 0);
    const head = buffer.subarray(0, bytesRead);
    const text = zipped ? gunzipSync(head, { finishFlush: 2 }).toString('utf8') : head.toString('utf8');
    return text.replace(/^\uFEFF/, '').split(/\r?\n/, 1)[0] ?? '';
  } catch {
    throw new TableProblem(
      `${path} ends in .gz but is not a gzip file. Rename it, or compress it with gzip.`,
    );
  } finally {
    await handle.close();
  }
}

/** Bytes that stand in no text, unless each letter takes two (UTF-16 says so in its first bytes). */
function checkIsText(header: string, path: string): void {
  const isWide = header.startsWith('\uFFFD\uFFFD');
  if (header.startsWith('PK\u0003') || (header.includes('\0') && !isWide)) {
    throw new TableProblem(
      `${path} is not a text file${header.startsWith('PK') ? ', but a workbook or a zip archive' : ''}. Export the table as CSV (UTF-8) or Parquet.`,
    );
  }
}

function likelyDelimiter(header: string): string {
  const counts = DELIMITERS.map((delimiter) => ({ delimiter, count: header.split(delimiter).length }));
  return counts.sort((a, b) => b.count - a.count)[0]?.delimiter ?? ',';
}

function checkDelimiter(delimiter: string, header: string): void {
  const likely = likelyDelimiter(header);
  if (!header.includes(delimiter) && header.includes(likely)) {
    const shown = likely === '\t' ? 'a tab' : `'${likely}'`;
    throw new TableProblem(
      `The first line holds no '${delimiter}', but looks separated by ${shown}. Set --delimiter accordingly.`,
    );
  }
}

function checkHeader(names: readonly string[], maxColumns: number): readonly string[] | TableProblem {
  if (names.length > maxColumns) {
    return new TableProblem(
      `The table has ${names.length.toLocaleString('en')} columns; at most ${maxColumns.toLocaleString('en')} are supported. Keep the columns that could matter and remove the others from the file.`,
    );
  }
  const seen = new Set<string>();
  for (const [index, name] of names.entries()) {
    if (name === '') {
      return new TableProblem(`Column ${index + 1} has no name. Give every column a name in the first line.`);
    }
    if (seen.has(name)) {
      return new TableProblem(
        `The column name "${name}" occurs twice in the first line. Rename one of them.`,
      );
    }
    seen.add(name);
  }
  return names;
}

function asProblem(error: unknown, path: string): Error {
  if (error instanceof CsvError) {
    const line = String(error['lines'] ?? '?');
    const rule =
      error.code === 'CSV_RECORD_INCONSISTENT_FIELDS_LENGTH'
        ? 'it has another number of cells than the first line'
        : error.message;
    return new TableProblem(
      `${path}, line ${line}: ${rule}. Correct that line, or check --delimiter and the quotes.`,
    );
  }
  return error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')
    ? new TableProblem(`${path} is not a whole gzip file: ${error.message}. Download or compress it again.`)
    : (error as Error);
}
