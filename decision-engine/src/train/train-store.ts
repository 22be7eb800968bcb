import {
  judgePromotion,
  latestChurnDates,
  loadBackend,
  type Manifest,
  readArtifact,
  trainChurn,
} from '@segue/models';
import { readHistories } from '../events/read-histories.js';
import { modelFolder, readChampion, writeChampion } from '../scoring/champions.js';
import type { Store } from '../store/store.js';
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
    horizonDays: from.horizonDays,
    histories: () => readHistories(store),
    seed: args.seed,
    version,
    trainedAt: new Date(started),
    budgetSeconds: args.budgetSeconds,
    onProgress: around.progress,
    signal: around.signal,
  });
  const folder = args.out ?? modelFolder(input.modelsFolder, 'churn', version);
  await training.classifier.save(folder);
  if (args.out === undefined && from.promote) {
    await promoteIfGood(training.classifier.manifest, input);
  }
  const { metrics, intervals } = figuresOf(training.metrics);
  return {
    model: 'churn',
    metrics: { ...metrics, n: training.metrics.n, positives: training.metrics.positives },
    intervals,
    folds: [],
    baselines: Object.fromEntries(
      Object.entries(training.baselines).map(([name, figures]) => [name, figuresOf(figures)]),
    ),
    split:
      training.split === 'time'
        ? `trained as of ${day(dates.asOf)}, tested as of ${day(dates.testAsOf ?? dates.asOf)}`
        : `tested on other customers, as of ${day(dates.asOf)}`,
    seconds: (around.now() - started) / 1000,
    backend: backend.name,
    warnings: training.classifier.outOfTime
      ? ['the time budget cut training short: figures may be better with a larger --budget']
      : [],
    version,
    artifact: folder,
    artifactHash: training.classifier.manifest.artifactHash,
  };
}

/** Puts a model in force where it is not worse than the one before; says what it did. */
export async function promoteIfGood(
  challenger: Manifest,
  { modelsFolder, around, args }: TrainStoreInput,
): Promise<void> {
  const name = args.model === 'propensity' ? 'propensity' : 'churn';
  const before = await readChampion(modelsFolder, name);
  const champion = before === null ? null : await readArtifact(modelFolder(modelsFolder, name, before));
  const verdict = judgePromotion(challenger, champion?.manifest ?? null);
  if (!verdict.promote) {
    around.say(
      `not put in force: ${verdict.reason}. npm run promote -- --model ${name} --force does it all the same.`,
    );
    return;
  }
  await writeChampion(modelsFolder, name, challenger.version);
  around.say(`${name} model ${challenger.version} is in force: ${verdict.reason}`);
}

async function datesOf({ from, store, around }: TrainStoreInput): Promise<{ asOf: Date; testAsOf?: Date }> {
  if (from.asOf !== undefined) {
    return { asOf: from.asOf, ...(from.testAsOf && { testAsOf: from.testAsOf }) };
  }
  const newest = await store.events.findOne({}, { timestamp: 1 }).sort({ timestamp: -1 }).lean();
  if (newest === null) {
    throw new Error('There are no events to train on. Import orders (npm run import) or send events first.');
  }
  const dates = latestChurnDates(newest.timestamp, from.horizonDays);
  around.say(
    `trained as of ${day(dates.asOf)}, tested as of ${day(dates.testAsOf)}: the latest the events allow`,
  );
  return dates;
}

function day(date: Date): string {
  return date.toISOString().slice(0, 10);
}
