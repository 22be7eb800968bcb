import {
  driftReference,
  loadBackend,
  survivalReport,
  trainSurvival,
  trainValue,
  valueReport,
} from '@segue/models';
import { keepTrained } from './keep-trained.js';
import type { TrainStoreInput } from './train-store.js';
import { versionAt } from './train-table.js';
import { amountFiguresOf, figuresOf, type TrainingResult } from './training-result.js';

const SILENCE_DAYS = 90;

async function begin({ args, events, around }: TrainStoreInput) {
  const started = around.now();
  const backend = await loadBackend();
  const version = versionAt(started);
  const options = {
    histories: events.histories,
    window: events.window,
    seed: args.seed,
    version,
    trainedAt: new Date(started),
    budgetSeconds: args.budgetSeconds,
    onProgress: around.progress,
    signal: around.signal,
  };
  return { started, backend: backend.name, version, options };
}

/** Trains "gone by when" from the events in the store. */
export async function trainSurvivalFromStore(input: TrainStoreInput): Promise<TrainingResult> {
  const { started, backend, version, options } = await begin(input);
  const silenceDays = input.from.horizonDays ?? SILENCE_DAYS;
  const training = await trainSurvival({ ...options, silenceDays });
  const { model, testWeeks } = training;
  const split = `tested on other customers: gone within ${testWeeks} weeks, where that is known`;
  const folder = await keepTrained(
    {
      name: 'survival',
      manifest: model.manifest,
      save: (where) => model.save(where),
      report: survivalReport(training, { split, warnings: [] }),
      reference: driftReference(training.tested.table, training.tested.probabilities),
    },
    input,
  );
  const { metrics, intervals } = figuresOf(training.metrics);
  return {
    model: 'survival',
    metrics: { ...metrics, n: training.metrics.n, positives: training.metrics.positives },
    intervals,
    folds: [],
    baselines: { kaplanMeier: figuresOf(training.baselines.kaplanMeier) },
    split,
    seconds: (input.around.now() - started) / 1000,
    backend,
    warnings: [],
    version,
    artifact: folder,
    artifactHash: model.manifest.artifactHash,
    concordance: training.concordance,
  };
}

/** Trains what customers bring in the coming year from the events in the store. */
export async function trainValueFromStore(input: TrainStoreInput): Promise<TrainingResult> {
  const { started, backend, version, options } = await begin(input);
  const { horizonDays, marginShare } = input.from;
  const training = await trainValue({ ...options, horizonDays, marginShare });
  const { model } = training;
  const split = `spends anything in the ${Math.round(training.horizonDays)} days from ${training.testedAsOf.toISOString().slice(0, 10)}; a year is ${training.yearFactor.toFixed(2)} times that`;
  const warnings =
    marginShare === 1 ? ['value is counted in revenue; say --margin 0.35 where margin is 35 % of it'] : [];
  const folder = await keepTrained(
    {
      name: 'value',
      manifest: model.manifest,
      save: (where) => model.save(where),
      report: valueReport(training, { split, warnings }),
      reference: driftReference(training.tested.table, training.tested.probabilities),
    },
    input,
  );
  const { metrics, intervals } = figuresOf(training.metrics);
  const { buyTillYouDie, mean } = training.amountBaselines;
  return {
    model: 'value',
    metrics: { ...metrics, n: training.metrics.n, positives: training.metrics.positives },
    intervals,
    folds: [],
    baselines: { baseRate: figuresOf(training.baselines.baseRate) },
    split,
    seconds: (input.around.now() - started) / 1000,
    backend,
    warnings,
    version,
    artifact: folder,
    artifactHash: model.manifest.artifactHash,
    amounts: {
      network: amountFiguresOf(training.amounts),
      ...(buyTillYouDie === null ? {} : { buyTillYouDie: amountFiguresOf(buyTillYouDie) }),
      ...(mean === null ? {} : { mean: amountFiguresOf(mean) }),
    },
  };
}
