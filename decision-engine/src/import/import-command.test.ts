import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runImportCommand } from './import-command.js';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'segue-import-command-'));
  await writeFile(join(folder, 'orders.csv'), 'id\n1\n');
  await writeFile(join(folder, 'bad.json'), '{"source":');
  await writeFile(
    join(folder, 'wrong.json'),
    '{"source":"Shop","currency":"EUR","columns":{"orderId":"id","date":"d","price":"p","customerId":"c"}}',
  );
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const textOf = (stream: PassThrough): string => String(stream.read() ?? '');

/** Runs the command where no database may be asked for. */
async function runWithoutDatabase(...argv: readonly string[]) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const code = await runImportCommand({
    argv,
    dataFolder: join(folder, 'data'),
    withDatabase: async () => {
      throw new Error('a database was asked for');
    },
    stdout,
    stderr,
    signal: new AbortController().signal,
    now: () => 0,
    peakMemoryBytes: () => 0,
  });
  return { code, stdout: textOf(stdout), stderr: textOf(stderr).replaceAll(folder, '') };
}

const named = (name: string) => join(folder, name);

describe('the import command, before it needs a database', () => {
  it('prints its help on standard output', async () => {
    const { code, stdout, stderr } = await runWithoutDatabase('--help');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('npm run import -- --format csv --map mapping.json orders.csv');
  });

  it('explains a wrong command line', async () => {
    expect(await runWithoutDatabase('--format', 'xml', 'f')).toEqual({
      code: 2,
      stdout: '',
      stderr:
        'Expected --format to be one of online-retail, cdnow, csv, segment-ndjson, got "xml". See --help.\n',
    });
  });

  it.each([
    [['--format', 'cdnow', 'missing.txt'], '/missing.txt does not exist.\n'],
    [['--format', 'cdnow', ''], ' is a folder; name one file in it.\n'],
  ])('says what is wrong with the file of %j', async (argv, message) => {
    const file = argv.at(-1) ?? '';
    const { code, stderr } = await runWithoutDatabase(
      ...argv.slice(0, -1),
      file === '' ? folder : named(file),
    );
    expect([code, stderr]).toEqual([1, message]);
  });

  it.each([
    ['bad.json', /^The mapping \/bad\.json is not JSON: /],
    ['none.json', /^The mapping \/none\.json can't be read: ENOENT/],
    [
      'wrong.json',
      /^The mapping \/wrong\.json can't be used:\nExpected "source" to be 1 to 40 small letters, digits and dashes, got "Shop" \(string\)\n$/,
    ],
  ])('says what is wrong with the mapping %s', async (map, message) => {
    const { code, stderr } = await runWithoutDatabase(
      '--format',
      'csv',
      '--map',
      named(map),
      named('orders.csv'),
    );
    expect(code).toBe(1);
    expect(stderr).toMatch(message);
  });
});
