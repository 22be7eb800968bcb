import { type BinaryMetrics, loadBackend, type ModelReport } from '@segue/models';
import type { ModelName } from '../scoring/champions.js';
import type { Store } from '../store/store.js';
import { keepTrained } from './keep-trained.js';
import type { StoreArguments, TrainArguments } from './train-arguments.js';
import type { TrainEvents } from './train-events.js';
import type { TrainSurroundings } from './train-surroundings.js';
import { versionAt } from './train-table.js';
import { figuresOf, type TrainingResult } from './training-result.js';
import type { KeepableModel, WrittenModel } from './write-trained.js';

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

/** A model as it was trained and tested, before it is kept. */
type Tested = {
  readonly model: KeepableModel;
  readonly training: {
    readonly metrics: BinaryMetrics;
    readonly baselines: Readonly<Record<string, BinaryMetrics>>;
    readonly tested: WrittenModel['tested'];
  };
  readonly report: ModelReport;
  /** How the test rows were chosen. */
  readonly split: string;
  readonly warnings: readonly string[];
  /** What only this model is measured by. */
  readonly more?: Pick<TrainingResult, 'amounts' | 'concordance'>;
};

function optionsOf({ args, events, around }: TrainStoreInput, started: number) {
  return {
    histories: events.histories,
    seed: args.seed,
    version: versionAt(started),
    trainedAt: new Date(started),
    budgetSeconds: args.budgetSeconds,
    onProgress: around.progress,
    signal: around.signal,
  };
}

/** The frame of every training from the store: what all trainings are handed, keeping the model, and the result. */
export async function trainFromStore(
  name: ModelName,
  input: TrainStoreInput,
  train: (options: ReturnType<typeof optionsOf>) => Promise<Tested>,
): Promise<TrainingResult> {
  const started = input.around.now();
  const backend = await loadBackend();
  const options = optionsOf(input, started);
  const { model, training, report, split, warnings, more } = await train(options);
  const artifact = await keepTrained({ name, model, report, tested: training.tested }, input);
  const { metrics, intervals } = figuresOf(training.metrics);
  return {
    model: name,
    metrics: { ...metrics, n: training.metrics.n, positives: training.metrics.positives },
    intervals,
    folds: [],
    baselines: Object.fromEntries(
      Object.entries(training.baselines).map(([baseline, figures]) => [baseline, figuresOf(figures)]),
    ),
    split,
    seconds: (input.around.now() - started) / 1000,
    backend: backend.name,
    warnings,
    version: options.version,
    artifact,
    artifactHash: model.manifest.artifactHash,
    ...more,
  };
}
