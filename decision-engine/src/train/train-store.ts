import { driftReference, latestChurnDates, loadBackend, trainChurn } from '@segue/models';
import type { Store } from '../store/store.js';
import { keepTrained } from './keep-trained.js';
import { outOfTime, reportOfTest } from './report-of-test.js';
import type { StoreArguments, TrainArguments } from './train-arguments.js';
import type { TrainEvents } from './train-events.js';
import type { TrainSurroundings } from './train-surroundings.js';
import { versionAt } from './train-table.js';
import { figuresOf, type TrainingResult } from './training-result.js';

export type TrainStoreInput = {
  readonly args: TrainArguments;
  readonly from: StoreArguments;
  readonly events: TrainEvents;
  /** Where versions are shared from; null where a snapshot is trained on. */
  readonly store: Store | null;
  /** Where the engine looks for models. */
  readonly modelsFolder: string;
  readonly around: TrainSurroundings;
};

/** Trains the churn model from the events in the store, and puts it in force unless told otherwise. */
export async function trainChurnFromStore(input: TrainStoreInput): Promise<TrainingResult> {
  const { args, from, events, around } = input;
  const started = around.now();
  const backend = await loadBackend();
  const dates = datesOf(input);
  const version = versionAt(started);
  const training = await trainChurn({
    ...dates,
    horizonDays: from.horizonDays ?? 90,
    histories: events.histories,
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

function datesOf({ from, events, around }: TrainStoreInput): { asOf: Date; testAsOf?: Date } {
  if (from.asOf !== undefined) {
    return { asOf: from.asOf, ...(from.testAsOf && { testAsOf: from.testAsOf }) };
  }
  const dates = latestChurnDates(events.window.to, from.horizonDays ?? 90);
  around.say(
    `trained as of ${day(dates.asOf)}, tested as of ${day(dates.testAsOf)}: the latest the events allow`,
  );
  return dates;
}

function day(date: Date): string {
  return date.toISOString().slice(0, 10);
}
