import { describe, expect, it } from 'vitest';
import { type CsvRecord, createCsvReader } from './csv-records.js';
import { createLineSplitter } from './lines.js';
import type { RejectedRow } from './rejected-row.js';

function readCsv(content: string | Uint8Array, delimiter = ',') {
  const records: CsvRecord[] = [];
  const rejected: RejectedRow[] = [];
  const sink = {
    record: (record: CsvRecord) => void records.push(record),
    rejected: (row: RejectedRow) => void rejected.push(row),
  };
  const splitter = createLineSplitter('utf-8');
  const csv = createCsvReader(delimiter);
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  for (const line of [...splitter.push(bytes), ...splitter.end()]) csv.push(line, sink);
  csv.end(sink);
  return { records: records.map(({ line, fields }) => [line, ...fields]), rejected };
}

describe('createCsvReader', () => {
  it('reads plain and quoted fields, doubled quotes, delimiters and line breaks inside quotes', () => {
    const text = 'a,b\r\n\r\n"x, ""y""",2\n"two\nlines",3\n,\n';
    expect(readCsv(text).records).toEqual([
      [1, 'a', 'b'],
      [3, 'x, "y"', '2'],
      [4, 'two\nlines', '3'],
      [6, '', ''],
    ]);
  });

  it('takes a quote in the middle of a field for what it is', () => {
    expect(readCsv('pipe 5" wide,2\nb,3\n').records).toEqual([
      [1, 'pipe 5" wide', '2'],
      [2, 'b', '3'],
    ]);
  });

  it('rejects only the line whose quote is never closed, however long the file', () => {
    const rest = Array.from({ length: 250 }, (_, i) => `row${i},1`);
    const { records, rejected } = readCsv(['good,1', '"open,2', ...rest].join('\n'));
    expect(records).toHaveLength(251);
    expect(rejected).toEqual([
      { line: 2, reason: 'a quote in it is opened and never closed', raw: '"open,2' },
    ]);
  });

  it('rejects a quote left open at the end of the file', () => {
    expect(readCsv('a,1\n"b,2')).toMatchObject({ records: [[1, 'a', '1']], rejected: [{ line: 2 }] });
  });

  it('rejects bytes that are no UTF-8 instead of storing question marks', () => {
    expect(readCsv(Uint8Array.of(0xa3, 0x0a, 0x41, 0x0a))).toMatchObject({
      records: [[2, 'A']],
      rejected: [{ line: 1, reason: 'it is not text in the expected encoding' }],
    });
  });

  it('splits at other delimiters', () => {
    expect(readCsv('a;"b;c";1,5\n', ';').records).toEqual([[1, 'a', 'b;c', '1,5']]);
    expect(readCsv('a\tb\n', '\t').records).toEqual([[1, 'a', 'b']]);
  });
});
