import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readLabelledTable } from './read-labelled-table.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'segue-parquet-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const rows = Array.from({ length: 60 }, (_, row) => row);
const columns = [
  { name: 'age', data: rows.map((row) => 20 + (row % 30)), type: 'INT32' as const },
  { name: 'spend', data: rows.map((row) => (row % 7 === 0 ? null : row / 4)), type: 'DOUBLE' as const },
  { name: 'plan', data: rows.map((row) => ['basic', 'plus'][row % 2]), type: 'STRING' as const },
  {
    name: 'since',
    data: rows.map((row) => new Date(Date.UTC(2026, 0, 1 + row))),
    type: 'TIMESTAMP' as const,
  },
  { name: 'left', data: rows.map((row) => row % 3 === 0), type: 'BOOLEAN' as const },
];

describe('a Parquet table', () => {
  it('is read as the same table in CSV', async () => {
    const parquet = join(folder, 'table.parquet');
    await writeFile(parquet, new Uint8Array(parquetWriteBuffer({ columnData: columns })));
    const csv = join(folder, 'table.csv');
    const cell = (value: unknown) =>
      value instanceof Date ? value.toISOString().slice(0, 10) : String(value ?? '');
    const lines = rows.map((row) => columns.map(({ data }) => cell(data[row])).join(','));
    await writeFile(csv, [columns.map(({ name }) => name).join(','), ...lines].join('\n'));
    const [ours, theirs] = await Promise.all(
      [parquet, csv].map((file) => readLabelledTable(file, { target: 'left' })),
    );
    expect(ours).toEqual(theirs);
    expect(ours?.schema.map(({ name, type, missing }) => [name, type, missing])).toEqual([
      ['age', 'number', 0],
      ['spend', 'number', 9],
      ['plan', 'category', 0],
      ['since', 'date', 0],
    ]);
  });

  it('says what to do where the file is none, or is missing', async () => {
    const broken = join(folder, 'broken.parquet');
    await writeFile(broken, 'age,left\n1,yes\n');
    await expect(readLabelledTable(broken, { target: 'left' })).rejects.toThrow(
      /can't be read as Parquet: .*Export it again, or as CSV/,
    );
    await expect(readLabelledTable(join(folder, 'no.parquet'), { target: 'left' })).rejects.toThrow(
      /There is no file .*no\.parquet/,
    );
  });
});
