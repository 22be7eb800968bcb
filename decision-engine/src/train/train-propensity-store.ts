import { driftReference, loadBackend, trainPropensity } from '@segue/models';
import { keepTrained } from './keep-trained.js';
import { outOfTime, reportOfTest } from './report-of-test.js';
import type { TrainStoreInput } from './train-store.js';
import { versionAt } from './train-table.js';
import { figuresOf, type TrainingResult } from './training-result.js';

/**
 * Trains the propensity model from the outcomes in the store, tested on the latest offers, and puts it in force unless
 * told otherwise or worse than the one before.
 */
export async function trainPropensityFromStore(input: TrainStoreInput): Promise<TrainingResult> {
  const { args, from, around } = input;
  const started = around.now();
  const backend = await loadBackend();
  const version = versionAt(started);
  const { classifier, ...training } = await trainPropensity({
    histories: input.events.histories,
    actions: input.events.actions,
    testFrom: from.testAsOf,
    seed: args.seed,
    version,
    trainedAt: new Date(started),
    budgetSeconds: args.budgetSeconds,
    onProgress: around.progress,
    signal: around.signal,
  });
  const split = `tested on offers from ${training.testFrom.toISOString().slice(0, 10)} on`;
  const warnings = outOfTime(classifier.outOfTime);
  const folder = await keepTrained(
    {
      name: 'propensity',
      manifest: classifier.manifest,
      save: (where) => classifier.save(where),
      report: reportOfTest({ ...training, model: classifier, split, warnings }),
      reference: driftReference(training.tested.table, training.tested.probabilities),
    },
    input,
  );
  const { metrics, intervals } = figuresOf(training.metrics);
  return {
    model: 'propensity',
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
    artifactHash: classifier.manifest.artifactHash,
  };
}
