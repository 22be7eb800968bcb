import { parseArgs } from 'node:util';
import { MODEL_NAMES, type ModelName } from '../scoring/champions.js';
import type { Store } from '../store/store.js';
import { keepDrift } from './drift-note.js';
import { type ModelDrift, modelDrift } from './model-drift.js';

const RETRAIN_HELP = `Measures how far customers have moved since the models were trained, and trains anew.

  npm run retrain -- [options]

Options
  --model NAME     churn, propensity, survival or value (all four when left out)
  --if-drifted     only those that drifted, or were never trained
  --dry-run        only measure
  --budget TIME    most time for each model (default 240s)
  --seed NUMBER    default 0
  --json           the last line on standard output is the result as JSON
  --help           this text

A population stability index (PSI) above 0.25 of the scores or of many features, or predictions that did not come, count as
drift. A new version is put in force only where it is not worse.

Exit codes: 0 all is well (trained and in force, or nothing to do), 1 a fault, 2 a wrong command line, 3 a new version was
refused, 4 drifted (with --dry-run), 130 interrupted.

Example, every night at three
  0 3 * * *  cd /srv/segue && npm run --silent retrain -- --if-drifted --json >> retrain.log
`;

export type RetrainCode = 0 | 1 | 2 | 3 | 4 | 130;

/** What is done with the database while it is open. */
type RetrainDatabase = {
  readonly withStore: <Result>(work: (store: Store) => Promise<Result>) => Promise<Result>;
  /** Trains one model by its command line. @returns the exit code of `train`, and the version it made */
  readonly train: (
    argv: readonly string[],
  ) => Promise<{ readonly code: number; readonly version: string | null }>;
};

export type RetrainOptions = {
  readonly argv: readonly string[];
  readonly modelsFolder: string;
  /** Gives the work the database and takes it back afterwards. */
  readonly withDatabase: <Result>(work: (database: RetrainDatabase) => Promise<Result>) => Promise<Result>;
  /** The version in force. */
  readonly champion: (model: ModelName) => Promise<string | null>;
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream;
  /** Milliseconds since 1970. */
  readonly now: () => number;
};

type Done = 'measured' | 'steady' | 'trained' | 'refused' | 'failed' | 'interrupted';
type Outcome = { readonly model: ModelName; readonly drift: ModelDrift; readonly done: Done };

/** The command `retrain`. @returns its exit code */
export async function runRetrainCommand(options: RetrainOptions): Promise<RetrainCode> {
  const { stdout, stderr } = options;
  try {
    const values = parse(options.argv);
    if (values.help) {
      stdout.write(RETRAIN_HELP);
      return 0;
    }
    const models = MODEL_NAMES.filter((name) => values.model === undefined || name === values.model);
    if (models.length === 0) {
      stderr.write(`Expected --model to be one of ${MODEL_NAMES.join(', ')}. See --help.\n`);
      return 2;
    }
    const outcomes = await options.withDatabase((database) =>
      retrainAll(models, values, { ...options, ...database }),
    );
    if (values.json) stdout.write(`${JSON.stringify({ models: outcomes })}\n`);
    return codeOf(outcomes);
  } catch (error) {
    stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return error instanceof TypeError ? 2 : 1;
  }
}

function parse(argv: readonly string[]) {
  return parseArgs({
    args: [...argv],
    options: {
      model: { type: 'string' },
      'if-drifted': { type: 'boolean', default: false },
      'dry-run': { type: 'boolean', default: false },
      budget: { type: 'string', default: '240s' },
      seed: { type: 'string', default: '0' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  }).values;
}

type Values = ReturnType<typeof parse>;
type Surroundings = Pick<RetrainOptions, 'modelsFolder' | 'champion' | 'stderr' | 'now'> & RetrainDatabase;

/** One after the other; who interrupts one means all. */
async function retrainAll(
  models: readonly ModelName[],
  values: Values,
  around: Surroundings,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const model of models) {
    outcomes.push(await retrain(model, values, around));
    if (outcomes.at(-1)?.done === 'interrupted') break;
  }
  return outcomes;
}

async function retrain(model: ModelName, values: Values, around: Surroundings): Promise<Outcome> {
  const { stderr, modelsFolder } = around;
  const now = new Date(around.now());
  const drift = await around.withStore(async (store) => {
    const measured = await modelDrift({ store, modelsFolder, model, now });
    await keepDrift(store, measured, now);
    return measured;
  });
  stderr.write(`${describe(drift)}\n`);
  if (values['dry-run']) return { model, drift, done: 'measured' };
  const isDue = drift.known ? drift.drift.level === 'drifted' : (await around.champion(model)) === null;
  if (values['if-drifted'] && !isDue) return { model, drift, done: 'steady' };
  const { code, version } = await around.train([
    ...['--model', model, '--budget', values.budget, '--seed', values.seed, '--json'],
  ]);
  if (code === 130) return { model, drift, done: 'interrupted' };
  if (code !== 0) return { model, drift, done: 'failed' };
  return { model, drift, done: (await around.champion(model)) === version ? 'trained' : 'refused' };
}

/** One line, or a few, for people. */
function describe(drift: ModelDrift): string {
  if (!drift.known) return `${drift.model}: drift is not known, ${drift.why}.`;
  const { level, rows, score, features, reasons } = drift.drift;
  const most = features.slice(0, 3).map(({ name, psi }) => `${name} ${psi.toFixed(2)}`);
  return [
    `${drift.model} ${drift.version}: ${level}, on ${rows.toLocaleString('en')} rows; PSI of the score ${score.psi.toFixed(3)}, of features ${most.join(', ')}`,
    ...reasons.map((reason) => `  ${reason}`),
  ].join('\n');
}

function codeOf(outcomes: readonly Outcome[]): RetrainCode {
  const has = (done: Done) => outcomes.some((each) => each.done === done);
  if (has('interrupted')) return 130;
  if (has('failed')) return 1;
  if (has('refused')) return 3;
  const drifted = outcomes.some(
    ({ done, drift }) => done === 'measured' && drift.known && drift.drift.level === 'drifted',
  );
  return drifted ? 4 : 0;
}
