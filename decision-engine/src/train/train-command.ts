import { TableProblem } from '@segue/models';
import { SnapshotProblem, writeSnapshot } from '../snapshots/history-snapshot.js';
import { withStore } from '../store/with-store.js';
import {
  readTrainArguments,
  TRAIN_HELP,
  type TrainArguments,
  type TrainableModel,
} from './train-arguments.js';
import { eventsOfSnapshot, eventsOfStore } from './train-events.js';
import type { TrainStoreInput } from './train-from-store.js';
import { trainSurvivalFromStore, trainValueFromStore } from './train-lifetime-store.js';
import { createTrainProgressBar } from './train-progress-bar.js';
import { trainPropensityFromStore } from './train-propensity-store.js';
import { trainChurnFromStore } from './train-store.js';
import type { TrainSurroundings } from './train-surroundings.js';
import { trainTable } from './train-table.js';
import { describeResult, type TrainingResult } from './training-result.js';

export type TrainCommandOptions = {
  readonly argv: readonly string[];
  /** Where the engine looks for models. */
  readonly modelsFolder: string;
  /** Gives the work a database and takes it back afterwards. */
  readonly withDatabase: <Result>(work: (uri: string) => Promise<Result>) => Promise<Result>;
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream;
  readonly signal: AbortSignal;
  /** Milliseconds since 1970. */
  readonly now: () => number;
};

/** 0 trained, 1 fault, 2 wrong command line or unusable data, 130 interrupted. */
export type TrainExitCode = 0 | 1 | 2 | 130;

/** How the command ended, with what it came to where a model was trained. */
type TrainedByCommand = { readonly code: TrainExitCode; readonly result: TrainingResult | null };

/** The command `train`: reads its arguments, trains, says how good the model is. */
export async function runTrainCommand(options: TrainCommandOptions): Promise<TrainExitCode> {
  return (await trainByCommand(options)).code;
}

/** The command `train` for a command that goes on with its result. */
export async function trainByCommand(options: TrainCommandOptions): Promise<TrainedByCommand> {
  const ended = (code: TrainExitCode): TrainedByCommand => ({ code, result: null });
  const read = readTrainArguments(options.argv);
  if (read.kind === 'help') {
    options.stdout.write(TRAIN_HELP);
    return ended(0);
  }
  if (read.kind === 'usage') {
    options.stderr.write(`${read.message}. See --help.\n`);
    return ended(2);
  }
  const { args } = read;
  const bar = createTrainProgressBar(options.stderr);
  const around: TrainSurroundings = {
    now: options.now,
    signal: options.signal,
    progress: bar.show,
    say: (line) => {
      bar.stop();
      options.stderr.write(`${line}\n`);
    },
  };
  try {
    const result = await train(args, options, around);
    bar.stop();
    for (const warning of result.warnings) options.stderr.write(`Warning: ${warning}\n`);
    (args.json ? options.stderr : options.stdout).write(describeResult(result));
    if (args.json) options.stdout.write(`${JSON.stringify(result)}\n`);
    return { code: 0, result };
  } catch (error) {
    bar.stop();
    if (options.signal.aborted) {
      options.stderr.write('Interrupted: nothing was saved.\n');
      return ended(130);
    }
    if (error instanceof TableProblem || error instanceof SnapshotProblem) {
      options.stderr.write(`${error.message}\n`);
      return ended(2);
    }
    options.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return ended(1);
  }
}

const FROM_STORE: Readonly<Record<TrainableModel, (input: TrainStoreInput) => Promise<TrainingResult>>> = {
  churn: trainChurnFromStore,
  propensity: trainPropensityFromStore,
  survival: trainSurvivalFromStore,
  value: trainValueFromStore,
};

async function train(
  args: TrainArguments,
  options: TrainCommandOptions,
  around: TrainSurroundings,
): Promise<TrainingResult> {
  const { from } = args;
  if (from.source === 'table') return trainTable(args, from, around);
  const { modelsFolder } = options;
  const run = FROM_STORE[args.model];
  if (from.snapshot !== undefined) {
    const events = await eventsOfSnapshot(from.snapshot);
    return run({ args, from, events, store: null, modelsFolder, around });
  }
  return options.withDatabase((uri) =>
    withStore(uri, async (store) => {
      const events = await eventsOfStore(store);
      if (from.saveSnapshot !== undefined) {
        const customers = await writeSnapshot(from.saveSnapshot, events, events.histories());
        around.say(`wrote the events of ${customers.toLocaleString('en')} customers to ${from.saveSnapshot}`);
      }
      return run({ args, from, events, store, modelsFolder, around });
    }),
  );
}
