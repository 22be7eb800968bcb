import { parseArgs } from 'node:util';
import { durationToMs } from '../catalogue/duration.js';

export const TRAINABLE = ['churn', 'propensity', 'value', 'survival'] as const;
export type TrainableModel = (typeof TRAINABLE)[number];

export const TRAIN_HELP = `Trains a model, tests it beside its baselines, and says how good it is.

  npm run train -- --model churn|propensity|value|survival [options]

Models
  churn       who places no order in the next 90 days
  propensity  who says yes to which action
  value       what a customer brings in the coming year
  survival    gone by when: the week of the last order, up to a year ahead

From the store (events that were imported or sent)
  --as-of DATE       churn: features as of this day, e.g. 2011-06-01 (the latest possible when left out)
  --test-as-of DATE  churn and propensity: tested as of this later day
  --horizon TIME     how far ahead the label looks (90d; value: a year, or a third of a shorter history);
                     survival: how long a silence means gone (90d)
  --margin SHARE     value: margin over revenue where orders have no margin of their own (1: value is revenue)
  --save-snapshot FILE.snapshot.gz  write the events that are trained on to a file
  --data FILE.snapshot.gz           train on such a file instead of the store; needs --out
  --no-promote       keep the new version beside the one in force

From a table (.csv, .csv.gz or .parquet)
  --data FILE        the table
  --target COLUMN    the column to predict
  --positive VALUE   its value that counts as yes (found out for yes/no, true/false, 1/0)
  --ignore A,B       columns that may not be used
  --types A=TYPE     what columns are read as: number, category or date
  --delimiter ';'    what separates the cells (found out when left out)
  --group COLUMN     rows with the same value stay on one side of every split
  --cv FOLDS         test by stratified folds; without it the newest fifth where there is a date, else 5 folds
  --time COLUMN      test on the newest fifth by this column
  --search TIME      look for a better way to train, for so long beside the budget, e.g. 10m; tested on a fifth kept apart
  --keep-leaks       use columns even when they give the label away

Both
  --seed NUMBER      same seed, same data, same model (default 0)
  --budget TIME      most time for training, e.g. 300s (default 240s)
  --out DIR          where the model goes (a table's model is kept only then)
  --json             the last line on standard output is the result as JSON
  --help             this text

Exit codes: 0 trained, 1 a fault, 2 a wrong command line or unusable data, 130 interrupted.

Examples
  npm run train -- --model churn --as-of 2011-06-01 --test-as-of 2011-09-01 --horizon 90d --json
  npm run train -- --model value --margin 0.35 --json
  npm run train -- --model churn --data telco.csv --target Churn --positive Yes --ignore customerID --cv 5 --json
  npm run train -- --model propensity --data bank.csv --target y --positive yes --delimiter ';' --out models/bank
`;

export type ColumnType = 'number' | 'category' | 'date';

export type TableArguments = {
  readonly source: 'table';
  readonly file: string;
  readonly target: string;
  readonly positive: string | undefined;
  readonly ignore: readonly string[];
  readonly types: Readonly<Record<string, ColumnType>>;
  readonly delimiter: string | undefined;
  readonly group: string | undefined;
  readonly folds: number | undefined;
  readonly time: string | undefined;
  /** How long to look for a better way to train than the default. */
  readonly searchSeconds: number | undefined;
  readonly keepLeaks: boolean;
};

export type StoreArguments = {
  readonly source: 'store';
  readonly asOf: Date | undefined;
  readonly testAsOf: Date | undefined;
  /** Absent = the model's own. */
  readonly horizonDays: number | undefined;
  /** Margin over revenue, above 0 to 1. */
  readonly marginShare: number;
  /** Events are read from this file instead of the store. */
  readonly snapshot: string | undefined;
  readonly saveSnapshot: string | undefined;
  readonly promote: boolean;
};

export type TrainArguments = {
  readonly model: TrainableModel;
  readonly seed: number;
  readonly budgetSeconds: number;
  readonly out: string | undefined;
  readonly json: boolean;
  readonly from: TableArguments | StoreArguments;
};

export type ReadTrainArguments =
  | { readonly kind: 'run'; readonly args: TrainArguments }
  | { readonly kind: 'help' }
  | { readonly kind: 'usage'; readonly message: string };

const DAY_MS = 86_400_000;
/** What a file of events to train on is called. */
const SNAPSHOT = '.snapshot.gz';
const TABLE_OPTIONS = [
  'target',
  'positive',
  'ignore',
  'types',
  'delimiter',
  'group',
  'cv',
  'time',
  'search',
] as const;
const STORE_OPTIONS = ['as-of', 'test-as-of', 'horizon', 'margin', 'save-snapshot'] as const;

/** What is wrong with a command line. */
class UsageProblem extends Error {}

function parse(argv: readonly string[]) {
  return parseArgs({
    args: [...argv],
    options: {
      model: { type: 'string' },
      data: { type: 'string' },
      target: { type: 'string' },
      positive: { type: 'string' },
      ignore: { type: 'string', multiple: true },
      types: { type: 'string', multiple: true },
      delimiter: { type: 'string' },
      group: { type: 'string' },
      cv: { type: 'string' },
      time: { type: 'string' },
      search: { type: 'string' },
      'keep-leaks': { type: 'boolean', default: false },
      'as-of': { type: 'string' },
      'test-as-of': { type: 'string' },
      horizon: { type: 'string' },
      margin: { type: 'string' },
      'save-snapshot': { type: 'string' },
      'no-promote': { type: 'boolean', default: false },
      seed: { type: 'string', default: '0' },
      budget: { type: 'string', default: '240s' },
      out: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  }).values;
}

type Values = ReturnType<typeof parse>;

/** Reads the command line of `train`. */
export function readTrainArguments(argv: readonly string[]): ReadTrainArguments {
  try {
    const values = parse(argv);
    if (values.help) return { kind: 'help' };
    const model = TRAINABLE.find((name) => name === values.model);
    if (model === undefined) {
      throw new UsageProblem(
        `Expected --model to be one of ${TRAINABLE.join(', ')}, got ${shown(values.model)}`,
      );
    }
    const args: TrainArguments = {
      model,
      seed: wholeNumber('seed', values.seed, { min: 0, max: 2 ** 31 - 1 }),
      budgetSeconds: duration('budget', values.budget) / 1000,
      out: values.out,
      json: values.json,
      from:
        values.data === undefined || values.data.endsWith(SNAPSHOT)
          ? storeArguments(values)
          : tableArguments(values, values.data),
    };
    return { kind: 'run', args };
  } catch (error) {
    // `parseArgs` throws TypeErrors for options it doesn't know.
    if (error instanceof UsageProblem || error instanceof TypeError) {
      return { kind: 'usage', message: error.message };
    }
    throw error;
  }
}

function tableArguments(values: Values, file: string): TableArguments {
  const wrong = STORE_OPTIONS.find((name) => values[name] !== undefined);
  if (wrong !== undefined) throw new UsageProblem(`Expected no --${wrong} with --data`);
  if (values.target === undefined)
    throw new UsageProblem('Expected --target, the column to predict, with --data');
  if (values.cv !== undefined && values.time !== undefined) {
    throw new UsageProblem('Expected either --cv or --time, got both');
  }
  if (values.cv !== undefined && values.search !== undefined) {
    throw new UsageProblem(
      'Expected no --cv with --search: what is found is tested on rows the search has not seen',
    );
  }
  const delimiter = values.delimiter === '\\t' || values.delimiter === 'tab' ? '\t' : values.delimiter;
  if (delimiter !== undefined && delimiter.length !== 1) {
    throw new UsageProblem(`Expected --delimiter to be one character, got ${shown(delimiter)}`);
  }
  return {
    source: 'table',
    file,
    target: values.target,
    positive: values.positive,
    ignore: list(values.ignore),
    types: columnTypes(list(values.types)),
    delimiter,
    group: values.group,
    folds: values.cv === undefined ? undefined : wholeNumber('cv', values.cv, { min: 2, max: 20 }),
    time: values.time,
    searchSeconds: values.search === undefined ? undefined : duration('search', values.search) / 1000,
    keepLeaks: values['keep-leaks'],
  };
}

function storeArguments(values: Values): StoreArguments {
  const wrong = TABLE_OPTIONS.find((name) => values[name] !== undefined);
  if (wrong !== undefined) throw new UsageProblem(`Expected --data FILE with --${wrong}`);
  const file = values['save-snapshot'];
  if (file !== undefined && !file.endsWith(SNAPSHOT)) {
    throw new UsageProblem(`Expected --save-snapshot to end in ${SNAPSHOT}, got ${shown(file)}`);
  }
  if (values.data !== undefined && (values.out === undefined || file !== undefined)) {
    throw new UsageProblem('Expected --out, and no --save-snapshot, with a snapshot as --data');
  }
  const horizonDays = values.horizon === undefined ? undefined : duration('horizon', values.horizon) / DAY_MS;
  if (horizonDays !== undefined && horizonDays < 1)
    throw new UsageProblem(`Expected --horizon to be at least 1d, got ${values.horizon}`);
  return {
    source: 'store',
    asOf: day('as-of', values['as-of']),
    testAsOf: day('test-as-of', values['test-as-of']),
    horizonDays,
    snapshot: values.data,
    saveSnapshot: values['save-snapshot'],
    marginShare: share('margin', values.margin ?? '1'),
    promote: !values['no-promote'],
  };
}

function list(given: readonly string[] | undefined): string[] {
  return (given ?? [])
    .flatMap((text) => text.split(','))
    .map((text) => text.trim())
    .filter((text) => text !== '');
}

function columnTypes(pairs: readonly string[]): Record<string, ColumnType> {
  const types: Record<string, ColumnType> = {};
  for (const pair of pairs) {
    const at = pair.lastIndexOf('=');
    const type = (['number', 'category', 'date'] as const).find((name) => name === pair.slice(at + 1));
    if (at < 1 || type === undefined) {
      throw new UsageProblem(`Expected --types COLUMN=number|category|date, got ${shown(pair)}`);
    }
    types[pair.slice(0, at)] = type;
  }
  return types;
}

function wholeNumber(
  name: string,
  text: string,
  range: { readonly min: number; readonly max: number },
): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < range.min || value > range.max) {
    throw new UsageProblem(
      `Expected --${name} to be a whole number from ${range.min} to ${range.max}, got ${shown(text)}`,
    );
  }
  return value;
}

function share(name: string, text: string): number {
  const value = Number(text);
  if (!(value > 0 && value <= 1)) {
    throw new UsageProblem(`Expected --${name} to be above 0 and at most 1, got ${shown(text)}`);
  }
  return value;
}

function duration(name: string, text: string): number {
  try {
    return durationToMs(text);
  } catch {
    throw new UsageProblem(
      `Expected --${name} to be a time such as 90d, 12h, 5m or 300s, got ${shown(text)}`,
    );
  }
}

function day(name: string, text: string | undefined): Date | undefined {
  if (text === undefined) return undefined;
  const date = new Date(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00Z` : text);
  if (Number.isNaN(date.getTime()) || !/^\d{4}-\d{2}-\d{2}/.test(text)) {
    throw new UsageProblem(`Expected --${name} to be a day such as 2011-06-01, got ${shown(text)}`);
  }
  return date;
}

function shown(value: string | undefined): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}
