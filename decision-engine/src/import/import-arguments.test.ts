import { describe, expect, it } from 'vitest';
import { IMPORT_FORMATS, IMPORT_HELP, readImportArguments } from './import-arguments.js';

describe('readImportArguments', () => {
  it('reads a whole command line', () => {
    expect(
      readImportArguments(['--format', 'csv', '--map', 'm.json', '--guests', '--rejected', 'r.csv', 'f.csv']),
    ).toEqual({
      kind: 'run',
      args: { file: 'f.csv', format: 'csv', map: 'm.json', guests: true, again: false, rejected: 'r.csv' },
    });
  });

  it.each([
    [['f.csv'], 'Expected --format, one of online-retail, cdnow, csv, segment-ndjson'],
    [
      ['--format', 'xml', 'f.csv'],
      'Expected --format to be one of online-retail, cdnow, csv, segment-ndjson, got "xml"',
    ],
    [['--format', 'cdnow'], 'Expected the name of a file'],
    [['--format', 'cdnow', 'a', 'b'], 'Expected one file, got 2: a, b'],
    [['--format', 'csv', 'a'], 'Expected --map with --format csv'],
    [['--format', 'cdnow', '--map', 'm', 'a'], 'Expected no --map with --format cdnow'],
    [['--format', 'cdnow', '--guests', 'a'], 'Expected no --guests with --format cdnow'],
  ])('explains what is wrong with %j', (argv, message) => {
    expect(readImportArguments(argv)).toEqual({ kind: 'usage', message });
  });

  it('explains an option it does not know', () => {
    expect(readImportArguments(['--fromat', 'csv'])).toMatchObject({
      kind: 'usage',
      message: expect.stringMatching(/'--fromat'/),
    });
  });

  it('has a help text that names every format', () => {
    expect(readImportArguments(['--help'])).toEqual({ kind: 'help' });
    expect(IMPORT_FORMATS.filter((id) => !IMPORT_HELP.includes(`  ${id} `))).toEqual([]);
  });
});
