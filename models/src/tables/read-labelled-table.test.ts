import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readLabelledTable } from './read-labelled-table.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'segue-tables-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Writes rows of `id,age,plan,since,left`; `change` may alter a row's cells. */
async function file(change: (cells: string[], row: number) => string[] = (cells) => cells): Promise<string> {
  const lines = ['id,age,plan,since,left'];
  for (let row = 0; row < 40; row += 1) {
    const cells = [
      `c-${row * 7}`,
      String(20 + (row % 30)),
      ['basic', 'plus'][row % 2] ?? '',
      `2024-01-${String(1 + (row % 28)).padStart(2, '0')}`,
      row % 3 === 0 ? 'yes' : 'no',
    ];
    lines.push(change(cells, row).join(','));
  }
  const path = join(folder, `${Math.abs(lines.join().length)}-${lines.length}.csv`);
  await writeFile(path, lines.join('\n'));
  return path;
}

const set =
  (index: number, value: string, at = 5) =>
  (cells: string[], row: number) =>
    row === at ? cells.map((cell, i) => (i === index ? value : cell)) : cells;

describe('readLabelledTable', () => {
  it('infers numbers, categories and dates, and leaves identifiers out', async () => {
    const data = await readLabelledTable(await file(), { target: 'left' });
    expect(data.schema).toEqual([
      { name: 'age', type: 'number', missing: 0, distinct: 30 },
      { name: 'plan', type: 'category', missing: 0, distinct: 2 },
      { name: 'since', type: 'date', missing: 0, distinct: 28 },
    ]);
    expect(data.dates).toEqual(['since']);
    expect(data.notes).toContain('"id" was left out: every row has another text, as an identifier does');
    expect(data.positive).toBe('yes');
    expect([...data.labels.slice(0, 4)]).toEqual([1, 0, 0, 1]);
  });

  it('reads gzip and finds the delimiter', async () => {
    const path = join(folder, 'small.csv.gz');
    const rows = Array.from({ length: 30 }, (_, i) => `${i % 7};${i % 2}`);
    await writeFile(path, gzipSync(['"a";"y"', ...rows].join('\n')));
    const data = await readLabelledTable(path, { target: 'y' });
    expect(data.table.rows).toBe(30);
    expect(data.schema.map(({ name }) => name)).toEqual(['a']);
  });

  it('reads empty cells and NaN as missing, and says so', async () => {
    const data = await readLabelledTable(await file(set(1, 'NaN')), { target: 'left' });
    expect(data.schema[0]).toMatchObject({ name: 'age', missing: 1 });
    expect(data.notes.join()).toMatch(/"age": 1 "NaN" were read as missing/);
  });

  it('leaves out rows without a target', async () => {
    const data = await readLabelledTable(await file(set(4, '')), { target: 'left' });
    expect(data.table.rows).toBe(39);
    expect(data.notes.join()).toMatch(/1 rows have no "left"/);
  });

  it('takes NA in the target for no answer, not for a no', async () => {
    const data = await readLabelledTable(await file(set(4, 'NA')), { target: 'left' });
    expect(data.table.rows).toBe(39);
    expect(data.positive).toBe('yes');
    expect(data.notes).toContain('1 rows have no "left" and were left out');
  });

  it('says so where numbers are written as text', async () => {
    const priced = await file((cells, row) => cells.map((cell, i) => (i === 1 ? `$${row % 30}.50` : cell)));
    const data = await readLabelledTable(priced, { target: 'left' });
    expect(data.notes).toContainEqual(
      expect.stringMatching(
        /^"age": it looks like numbers written as text \("\$0\.50"\); write plain numbers/,
      ),
    );
  });

  it('refuses a workbook with a word on what to do', async () => {
    const path = join(folder, 'table.csv');
    await writeFile(path, Buffer.from('PK\u0003\u0004 and so on'));
    await expect(readLabelledTable(path, { target: 'left' })).rejects.toThrow(
      /is not a text file, but a workbook or a zip archive. Export the table as CSV/,
    );
  });

  it('refuses a target without values', async () => {
    const empty = await file((cells) => [...cells.slice(0, 4), '']);
    await expect(readLabelledTable(empty, { target: 'left' })).rejects.toThrow(
      'The target "left" holds no value in any of 40 rows. Check --target, or fill the column in.',
    );
  });

  it('names the line of a text among numbers, and what to do', async () => {
    const path = await file(set(1, 'old'));
    await expect(readLabelledTable(path, { target: 'left' })).rejects.toThrow(
      /Column "age", line 7: "old" stands where 39 other rows hold numbers.*--types age=number.*--ignore age/,
    );
    const forced = await readLabelledTable(path, { target: 'left', types: { age: 'number' } });
    expect(forced.schema[0]).toMatchObject({ type: 'number', missing: 1 });
  });

  it.each([
    {
      what: 'infinity',
      change: set(1, 'inf'),
      options: { target: 'left' },
      message: /"age", line 7: "inf" is not a finite number/,
    },
    {
      what: 'one class',
      change: set(9, ''),
      options: { target: 'plan', positive: 'max' },
      message: /"max" does not occur .*"basic" \(20 rows\)/,
    },
    {
      what: 'a missing target',
      change: set(9, ''),
      options: { target: 'lefd' },
      message: /no column "lefd"\. Did you mean "left"\?/,
    },
    {
      what: 'an unclear positive value',
      change: set(9, ''),
      options: { target: 'plan' },
      message: /Which value of "plan" counts as positive/,
    },
    {
      what: 'a target that is ignored',
      change: set(9, ''),
      options: { target: 'left', ignore: ['left'] },
      message: /among the columns to ignore/,
    },
    {
      what: 'an unknown ignored column',
      change: set(9, ''),
      options: { target: 'left', ignore: ['agee'] },
      message: /Did you mean "age"/,
    },
    {
      what: 'a ragged row',
      change: (cells: string[], row: number) => (row === 3 ? cells.slice(1) : cells),
      options: { target: 'left' },
      message: /line 5: it has another number of cells/,
    },
  ])('refuses $what', async ({ change, options, message }) => {
    await expect(readLabelledTable(await file(change), options)).rejects.toThrow(message);
  });

  it('refuses a target with one class', async () => {
    const path = await file((cells) => [...cells.slice(0, 4), 'no']);
    await expect(readLabelledTable(path, { target: 'left' })).rejects.toThrow(
      /only one class: "no" \(40 rows\)/,
    );
  });

  it('refuses a table of thousands of columns', async () => {
    const path = join(folder, 'wide.csv');
    const names = Array.from({ length: 3000 }, (_, i) => `c${i}`);
    await writeFile(path, [names.join(','), names.map(() => '1').join(',')].join('\n'));
    await expect(readLabelledTable(path, { target: 'c0' })).rejects.toThrow(/3,000 columns; at most 2,000/);
  });

  it('refuses files without rows', async () => {
    const path = join(folder, 'empty.csv');
    await writeFile(path, 'a,b\n');
    await expect(readLabelledTable(path, { target: 'a' })).rejects.toThrow(/holds no rows/);
    await expect(readLabelledTable(join(folder, 'none.csv'), { target: 'a' })).rejects.toThrow(
      /There is no file/,
    );
  });
});
