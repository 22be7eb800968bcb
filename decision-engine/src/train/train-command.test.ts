import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runTrainCommand } from './train-command.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'segue-train-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function collected(): { stream: PassThrough; text: () => string } {
  const stream = new PassThrough();
  const parts: string[] = [];
  stream.on('data', (part: Buffer) => parts.push(part.toString()));
  return { stream, text: () => parts.join('') };
}

async function train(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  const [stdout, stderr] = [collected(), collected()];
  const code = await runTrainCommand({
    argv,
    modelsFolder: path.join(folder, 'models'),
    withDatabase: () => Promise.reject(new Error('a table needs no database')),
    stdout: stdout.stream,
    stderr: stderr.stream,
    signal: new AbortController().signal,
    now: () => Date.UTC(2026, 10, 22),
  });
  return { code, out: stdout.text(), err: stderr.text() };
}

type Cells = Record<string, string | number>;

/** A table of 120 customers, of whom those with a long gap mostly left. */
function customers(change: (row: Cells, index: number) => Cells = (row) => row, count = 120): Cells[] {
  return Array.from({ length: count }, (_, index) => {
    const gap = (index * 37) % 101;
    const left = gap + ((index * 61) % 40) > 70 ? 'yes' : 'no';
    const age = 20 + ((index * 13) % 50);
    return change({ gap, age, plan: index % 3 === 0 ? 'basic' : 'plus', left }, index);
  });
}

async function csv(name: string, rows: readonly Cells[]): Promise<string> {
  const file = path.join(folder, name);
  const lines = [Object.keys(rows[0] ?? {}), ...rows.map((row) => Object.values(row))];
  await writeFile(file, lines.map((cells) => cells.join(',')).join('\n'));
  return file;
}

const onRow =
  (at: number, cells: Cells) =>
  (row: Cells, index: number): Cells =>
    index === at ? { ...row, ...cells } : row;

describe('train on a table that can’t be used: exit code 2, and what to do', () => {
  const wide = Object.fromEntries(Array.from({ length: 3000 }, (_, column) => [`c${column}`, column % 7]));
  const cases: [string, Cells[], string[], RegExp][] = [
    ['a missing target', customers(), ['--target', 'churned'], /no column "churned".*gap, age, plan, left/s],
    ['one class', customers((row) => ({ ...row, left: 'no' })), [], /has only one class.*check --target/],
    [
      'text in a number',
      customers(onRow(7, { age: 'old' })),
      [],
      /"age", line 9: "old".*--types age=number.*--ignore age/,
    ],
    ['5 rows', customers((row) => row, 5), [], /has 5 rows.*At least 50 rows.*add rows/],
    ['3,000 columns', customers((row) => ({ ...row, ...wide })), [], /3,004 columns; at most 2,000.*Keep/],
    [
      'a column that is the label',
      customers((row) => ({ ...row, status: row['left'] === 'yes' ? 'closed' : 'open' })),
      [],
      /"status" gives the label away.*--ignore status/,
    ],
    [
      'infinity',
      customers(onRow(3, { gap: '-Infinity' })),
      [],
      /"gap", line 5: "-Infinity" is not a finite number.*--ignore gap/,
    ],
    [
      'a positive value that does not occur',
      customers(),
      ['--positive', 'gone'],
      /"gone" does not occur.*"yes"/,
    ],
    ['another delimiter', customers(), ['--delimiter', ';'], /looks separated by ','.*Set --delimiter/],
  ];

  it.each(cases)('%s', async (name, ...[rows, argv, message]) => {
    const file = await csv(`${name.replaceAll(/\W/g, '-')}.csv`, rows);
    const target = argv.includes('--target') ? [] : ['--target', 'left'];
    const { code, out, err } = await train('--model', 'churn', '--data', file, ...target, '--json', ...argv);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(message);
    expect(err).not.toMatch(/\n\s+at /);
  });

  it.each([
    ['nothing.csv', undefined, /There is no file .*nothing\.csv/],
    ['empty.csv', '', /holds no rows/],
    ['header.csv', 'a,left\n', /holds no rows/],
    ['ragged.csv', 'a,left\n1,yes\n2\n', /line 3.*another number of cells/],
    ['twice.csv', 'a,a,left\n1,2,yes\n', /"a" occurs twice/],
    ['book.csv.gz', 'no gzip', /ends in \.gz but is not a gzip file/],
  ])('%s', async (name, text, message) => {
    const file = path.join(folder, name);
    if (text !== undefined) await writeFile(file, text);
    const { code, out, err } = await train('--model', 'churn', '--data', file, '--target', 'left');
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(message);
    expect(err).not.toMatch(/\n\s+at /);
  });
});

describe('train on a table', { timeout: 120_000 }, () => {
  it('prints one line of JSON and tells the rest, with schema and warnings, on standard error', async () => {
    const file = await csv(
      'good.csv',
      customers((row, index) => ({
        ...row,
        age: index === 5 ? 'NaN' : (row['age'] ?? ''),
        hint: row['left'] === 'yes' || index % 30 === 0 ? 1 : 0,
      })),
    );
    const { code, out, err } = await train(
      ...['--model', 'churn', '--data', file, '--target', 'left', '--cv', '2', '--budget', '8s', '--json'],
    );
    expect(code).toBe(0);
    const lines = out.trimEnd().split('\n');
    expect(lines).toHaveLength(1);
    const figures = {
      auc: expect.any(Number),
      averagePrecision: expect.any(Number),
      brier: expect.any(Number),
    };
    const all = { ...figures, logLoss: expect.any(Number), ece: expect.any(Number) };
    const interval = { low: expect.any(Number), high: expect.any(Number) };
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      metrics: { ...all, n: 120 },
      intervals: {
        auc: interval,
        averagePrecision: interval,
        logLoss: interval,
        brier: interval,
        ece: interval,
      },
      folds: [all, all],
      baselines: { baseRate: { metrics: { auc: 0.5 } } },
    });
    expect(err).toContain('gap (number), age (number, 1 missing), plan (category), hint (number)');
    expect(err).toContain('"age": 1 "NaN" were read as missing');
    expect(err).toMatch(/column "hint" alone reaches an AUC of 0\.9\d\d: is it known before the outcome\?/);
    expect(err).toContain('Should a column be read as something else? --types gap=category');
  });

  it('warns of dates that lie after the time the rows are split by', async () => {
    const day = (index: number) => new Date(Date.UTC(2026, 0, 1 + index)).toISOString().slice(0, 10);
    const file = await csv(
      'dates.csv',
      customers((row, index) => ({ ...row, seen: day(index), closed: day(index + 30) })),
    );
    const { code, err } = await train(
      ...[
        '--model',
        'churn',
        '--data',
        file,
        '--target',
        'left',
        '--time',
        'seen',
        '--budget',
        '6s',
        '--json',
      ],
    );
    expect(code).toBe(0);
    expect(err).toMatch(/"closed" lies after "seen" in 100 % of the rows.*--ignore closed/);
  });
});
