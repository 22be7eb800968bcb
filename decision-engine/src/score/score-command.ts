import { parseArgs } from 'node:util';
import { modelFolder, readChampion } from '../scoring/champions.js';
import type { Store } from '../store/store.js';
import { createTrainProgressBar } from '../train/train-progress-bar.js';
import { scoreBase } from './score-base.js';
import { SCORED_MODELS } from './score-range.js';

const SCORE_HELP = `Scores every customer who ordered with the model in force, into a CSV file.

  npm run score -- --model churn|survival|value --out FILE [options]

Options
  --out FILE       where the scores go, one line for each customer
  --version NAME   another version than the one in force
  --threads N      default: one per core
  --json           the last line on standard output is a summary as JSON
  --help           this text

Interrupted or killed, the same command goes on where it stood (FILE.progress remembers it). Who objects to profiling is
left out.

Exit codes: 0 all scored, 1 a fault, 2 a wrong command line or no model, 130 interrupted.

Example
  npm run score -- --model churn --out churn.csv
`;

export type ScoreCommandOptions = {
  readonly argv: readonly string[];
  readonly modelsFolder: string;
  readonly withStore: <Result>(work: (store: Store, uri: string) => Promise<Result>) => Promise<Result>;
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream;
  readonly signal: AbortSignal;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly cores: number;
};

const BATCH = 1000;

/** The command `score`. @returns its exit code */
export async function runScoreCommand(options: ScoreCommandOptions): Promise<0 | 1 | 2 | 130> {
  const { stdout, stderr, modelsFolder, signal } = options;
  const bar = createTrainProgressBar(stderr, 'Scoring');
  try {
    const { values } = parseArgs({
      args: [...options.argv],
      options: {
        model: { type: 'string' },
        out: { type: 'string' },
        version: { type: 'string' },
        threads: { type: 'string', default: String(options.cores) },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    if (values.help) {
      stdout.write(SCORE_HELP);
      return 0;
    }
    const model = SCORED_MODELS.find((name) => name === values.model);
    const threads = Number(values.threads);
    const { out } = values;
    if (model === undefined || out === undefined || !Number.isInteger(threads) || threads < 1) {
      stderr.write(
        `Expected --model to be one of ${SCORED_MODELS.join(', ')}, --out FILE, and --threads to be a whole number from 1 up. See --help.\n`,
      );
      return 2;
    }
    const version = values.version ?? (await readChampion(modelsFolder, model));
    if (version === null) {
      stderr.write(`No ${model} model is in force. Train one: npm run train -- --model ${model}\n`);
      return 2;
    }
    const began = options.now();
    const scored = await options.withStore((store, uri) =>
      scoreBase({
        store,
        uri,
        model,
        version,
        folder: modelFolder(modelsFolder, model, version),
        out,
        threads,
        batch: BATCH,
        now: new Date(began),
        signal,
        onProgress: (done, total) =>
          bar.show({ done: done / Math.max(1, total), message: `${done.toLocaleString('en')} customers` }),
      }),
    );
    bar.stop();
    const seconds = (options.now() - began) / 1000;
    const before =
      scored.before === 0 ? '' : `, ${scored.before.toLocaleString('en')} of them by an earlier run`;
    stderr.write(
      `${scored.rows.toLocaleString('en')} customers${before}, in ${seconds.toFixed(1)} s with ${scored.threads} threads${scored.whole ? '' : '; interrupted, the same command goes on'}\n`,
    );
    if (values.json) stdout.write(`${JSON.stringify({ model, version, out, seconds, ...scored })}\n`);
    return scored.whole ? 0 : 130;
  } catch (error) {
    bar.stop();
    stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return error instanceof TypeError ? 2 : 1;
  }
}
