import { driftReference, latestChurnDates, loadBackend, trainChurn } from '@segue/models';
import { readHistories } from '../events/read-histories.js';
import type { Store } from '../store/store.js';
import { keepTrained } from './keep-trained.js';
import { outOfTime, reportOfTest } from './report-of-test.js';
import type { StoreArguments, TrainArguments } from './train-arguments.js';
import type { TrainSurroundings } from './train-surroundings.js';
import { versionAt } from './train-table.js';
import { figuresOf, type TrainingResult } from './training-result.js';

export type TrainStoreInput = {
  readonly args: TrainArguments;
  readonly from: StoreArguments;
  readonly store: Store;
  /** Where the engine looks for models. */
  readonly modelsFolder: string;
  readonly around: TrainSurroundings;
};

/** Trains the churn model from the events in the store, and puts it in force unless told otherwise. */
export async function trainChurnFromStore(input: TrainStoreInput): Promise<TrainingResult> {
  const { args, from, store, around } = input;
  const started = around.now();
  const backend = await loadBackend();
  const dates = await datesOf(input);
  const version = versionAt(started);
  const training = await trainChurn({
    ...dates,
    horizonDays: from.horizonDays ?? 90,
    histories: () => readHistories(store),
    seed: args.seed,
    version,
    trainedAt: new Date(started),
    budgetSeconds: args.budgetSeconds,
    onProgress: around.progress,
    signal: around.signal,
  });
  const split =
    training.split === 'time'
      ? `trained as of ${day(dates.asOf)}, tested as of ${day(dates.testAsOf ?? dates.asOf)}`
      : `tested on other customers, as of ${day(dates.asOf)}`;
  const warnings = outOfTime(training.classifier.outOfTime);
  const { classifier: model } = training;
  const folder = await keepTrained(
    {
      name: 'churn',
      manifest: model.manifest,
      save: (where) => model.save(where),
      report: reportOfTest({ ...training, model, split, warnings }),
      reference: driftReference(training.tested.table, training.tested.probabilities),
    },
    input,
  );
  const { metrics, intervals } = figuresOf(training.metrics);
  return {
    model: 'churn',
    metrics: { ...metrics, n: training.metrics.n, positives: training.metrics.positives },
    intervals,
    folds: [],
    baselines: Object.fromEntries(
      Object.entries(training.baselines).map(([name, figures]) => [name, figuresOf(figures)]),
    ),
    split,
    seconds: (around.now() - started) / 1000,
    backend: backend.name,
    warnings,
    version,
    artifact: folder,
    artifactHash: training.classifier.manifest.artifactHash,
  };
}

/** Time of the first and the last event. @throws Error that says what to do where there are none */
export async function eventsWindow(store: Store): Promise<{ readonly from: Date; readonly to: Date }> {
  const end = (direction: 1 | -1) =>
    store.events.findOne({}, { timestamp: 1 }).sort({ timestamp: direction }).lean();
  const [oldest, newest] = await Promise.all([end(1), end(-1)]);
  if (oldest === null || newest === null) {
    throw new Error('There are no events to train on. Import orders (npm run import) or send events first.');
  }
  return { from: oldest.timestamp, to: newest.timestamp };
}

async function datesOf({ from, store, around }: TrainStoreInput): Promise<{ asOf: Date; testAsOf?: Date }> {
  if (from.asOf !== undefined) {
    return { asOf: from.asOf, ...(from.testAsOf && { testAsOf: from.testAsOf }) };
  }
  const { to } = await eventsWindow(store);
  const dates = latestChurnDates(to, from.horizonDays ?? 90);
  around.say(
    `trained as of ${day(dates.asOf)}, tested as of ${day(dates.testAsOf)}: the latest the events allow`,
  );
  return dates;
}

function day(date: Date): string {
  return date.toISOString().slice(0, 10);
}
