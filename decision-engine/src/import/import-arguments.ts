import { parseArgs } from 'node:util';

export const IMPORT_FORMATS = ['online-retail', 'cdnow', 'csv', 'segment-ndjson'] as const;
export type ImportFormatId = (typeof IMPORT_FORMATS)[number];

export const IMPORT_HELP = `Imports a file of orders or events.

  npm run import -- --format FORMAT [options] FILE

FILE may be gzipped. What was imported before is not imported twice, and an interrupted import goes on where it
stopped when the same command is given again.

Formats
  online-retail    UCI Online Retail order lines (CSV)
  cdnow            CDNOW purchases (whitespace-separated), master or sample
  csv              any order table, described by --map
  segment-ndjson   Segment messages, one JSON object a line

Options
  --map FILE       how to read a csv table (JSON; see decision-engine/docs/importing.md)
  --guests         take orders of nobody known too, each as an anonymous customer
  --rejected FILE  where to write rows that can't be taken, with line and reason
                   (otherwise under imports/ in the data folder)
  --again          go through a file that was imported already; what is stored stays as it is
  --help           this text

Examples
  npm run import -- --format online-retail ../shared/data/online-retail/online_retail_2010-2011_cleaned.csv.gz
  npm run import -- --format csv --map mapping.json orders.csv
`;

export type ImportArguments = {
  readonly file: string;
  readonly format: ImportFormatId;
  readonly map: string | undefined;
  readonly guests: boolean;
  readonly again: boolean;
  readonly rejected: string | undefined;
};

export type ReadArguments =
  | { readonly kind: 'run'; readonly args: ImportArguments }
  | { readonly kind: 'help' }
  | { readonly kind: 'usage'; readonly message: string };

const usage = (message: string): ReadArguments => ({ kind: 'usage', message });

function parse(argv: readonly string[]) {
  return parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      format: { type: 'string' },
      map: { type: 'string' },
      rejected: { type: 'string' },
      guests: { type: 'boolean', default: false },
      again: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
}

function parseOrComplain(argv: readonly string[]): ReturnType<typeof parse> | string {
  try {
    return parse(argv);
  } catch (error) {
    if (error instanceof TypeError) return error.message;
    throw error;
  }
}

/** Reads the command line of `import`. */
export function readImportArguments(argv: readonly string[]): ReadArguments {
  const parsed = parseOrComplain(argv);
  if (typeof parsed === 'string') return usage(parsed);
  const { values, positionals } = parsed;
  if (values.help) return { kind: 'help' };
  const known = IMPORT_FORMATS.join(', ');
  if (values.format === undefined) return usage(`Expected --format, one of ${known}`);
  const format = IMPORT_FORMATS.find((id) => id === values.format);
  if (!format) return usage(`Expected --format to be one of ${known}, got ${JSON.stringify(values.format)}`);
  const [file, ...more] = positionals;
  if (file === undefined) return usage('Expected the name of a file');
  if (more.length > 0)
    return usage(`Expected one file, got ${positionals.length}: ${positionals.join(', ')}`);
  if (format === 'csv' && values.map === undefined) return usage('Expected --map with --format csv');
  if (format !== 'csv' && values.map !== undefined) return usage(`Expected no --map with --format ${format}`);
  const orderTable = format === 'csv' || format === 'online-retail';
  if (values.guests && !orderTable) return usage(`Expected no --guests with --format ${format}`);
  const { map, guests, again, rejected } = values;
  return { kind: 'run', args: { file, format, map, guests, again, rejected } };
}
