import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createCsvReader } from './csv-records.js';
import { createLineSplitter } from './lines.js';

const quote = (field: string) => `"${field.replaceAll('"', '""')}"`;
const needsQuotes = (field: string) => /[",\r\n]/.test(field) || field === '';
const cell = fc.string({
  unit: fc.constantFrom('a', 'b', ' ', ',', '"', '\n', '\r\n', ';', 'é', '😀'),
  maxLength: 8,
});
const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { maxLength: 12 });

function readBack(text: string, pieceLength: number): string[][] {
  const bytes = new TextEncoder().encode(text);
  const splitter = createLineSplitter('utf-8');
  const csv = createCsvReader(',');
  const records: string[][] = [];
  const sink = {
    record: ({ fields }: { fields: readonly string[] }) => void records.push([...fields]),
    rejected: ({ reason }: { reason: string }) => void records.push(['rejected', reason]),
  };
  for (let start = 0; start < bytes.length; start += pieceLength) {
    for (const line of splitter.push(bytes.subarray(start, start + pieceLength))) csv.push(line, sink);
  }
  for (const line of splitter.end()) csv.push(line, sink);
  csv.end(sink);
  return records;
}

it('reads back any table as it was written, wherever the file is cut', () => {
  const roundTrips = (rows: string[][], pieceLength: number, lineBreak: string) => {
    // Inside quotes CRLF is read as LF, as lines are: the one thing that is not kept.
    const written = rows
      .map((row) => row.map((field) => (needsQuotes(field) ? quote(field) : field)).join(','))
      .join(lineBreak);
    const expected = rows.map((row) => row.map((field) => field.replaceAll('\r\n', '\n')));
    expect(readBack(written, pieceLength)).toEqual(expected);
  };
  const property = fc.property(
    table,
    fc.integer({ min: 1, max: 9 }),
    fc.constantFrom('\n', '\r\n'),
    roundTrips,
  );
  expect(() => fc.assert(property, { numRuns: 1_000 })).not.toThrow();
});
