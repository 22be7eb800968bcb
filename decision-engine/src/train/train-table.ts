import path from 'node:path';
import {
  buildModelReport,
  type LabelledTable,
  lateDates,
  loadBackend,
  readLabelledTable,
  saveReport,
  type TableSplit,
  type TableTraining,
  trainOnTable,
} from '@segue/models';
import { describeSearch } from './describe-search.js';
import type { TableArguments, TrainArguments } from './train-arguments.js';
import type { TrainSurroundings } from './train-surroundings.js';
import { figuresOf, type TrainingResult } from './training-result.js';

/** Share of the progress bar that reading the file takes. */
const READING = 0.03;

/** Trains and tests on a CSV table. */
export async function trainTable(
  args: TrainArguments,
  from: TableArguments,
  around: TrainSurroundings,
): Promise<TrainingResult> {
  const started = around.now();
  const backend = await loadBackend();
  const data = await readLabelledTable(from.file, {
    ...from,
    onProgress: (share) => around.progress({ done: READING * share, message: 'reading' }),
  });
  for (const note of data.notes) around.say(note);
  around.say(`read ${data.table.rows.toLocaleString('en')} rows; ${describeSchema(data)}`);
  const time = from.time ?? (from.folds === undefined ? data.dates[0] : undefined);
  const folds = from.folds ?? 5;
  const spent = (around.now() - started) / 1000;
  const version = versionAt(around.now());
  const training = await trainOnTable({
    data,
    split: splitOf({ time, folds, searches: from.searchSeconds !== undefined }),
    seed: args.seed,
    budgetSeconds: Math.max(1, args.budgetSeconds - spent),
    ...(from.searchSeconds !== undefined && { search: { seconds: from.searchSeconds } }),
    keepLeaks: from.keepLeaks,
    onProgress: ({ done, message }) => around.progress({ done: READING + (1 - READING) * done, message }),
    ...(args.out !== undefined && {
      final: {
        name: args.model,
        version,
        trainedAt: new Date(around.now()).toISOString(),
        source: path.basename(from.file),
      },
    }),
  });
  const split = describeSplit({ time, folds, searches: from.searchSeconds !== undefined }, args.seed);
  const { search } = training;
  if (search !== undefined) around.say(describeSearch(search));
  if (args.out !== undefined) {
    await saveModel({ training, data, split, folder: args.out });
  }
  const { metrics, intervals } = figuresOf(training.metrics);
  return {
    model: args.model,
    metrics: { ...metrics, n: training.metrics.n, positives: training.metrics.positives },
    intervals,
    folds: training.folds,
    baselines: {
      logisticRegression: figuresOf(training.baselines.logisticRegression),
      baseRate: figuresOf(training.baselines.baseRate),
      ...(search?.defaultMetrics && { defaultRecipe: figuresOf(search.defaultMetrics) }),
    },
    split,
    seconds: (around.now() - started) / 1000,
    backend: backend.name,
    warnings: [...lateDateWarnings(data, time), ...training.warnings],
    version: training.classifier === undefined ? null : version,
    artifact: training.classifier === undefined ? null : (args.out ?? null),
    artifactHash: training.classifier?.manifest.artifactHash ?? null,
    ...(search && { search: { chosen: search.chosen, trials: search.trials } }),
  };
}

type SplitChoice = {
  readonly time: string | undefined;
  readonly folds: number;
  readonly searches: boolean;
};

function splitOf({ time, folds, searches }: SplitChoice): TableSplit {
  if (time !== undefined) return { kind: 'time', column: time };
  return searches ? { kind: 'fifth' } : { kind: 'folds', folds };
}

function describeSplit({ time, folds, searches }: SplitChoice, seed: number): string {
  if (time !== undefined) return `the newest fifth by ${time}`;
  return searches ? `a stratified fifth kept apart, seed ${seed}` : `${folds} stratified folds, seed ${seed}`;
}

type ModelToSave = {
  readonly training: TableTraining;
  readonly data: LabelledTable;
  readonly split: string;
  readonly folder: string;
};

async function saveModel({ training, data, split, folder }: ModelToSave): Promise<void> {
  const { classifier: model, metrics, baselines, tested, warnings } = training;
  if (model === undefined) return;
  // How the columns are to be read, for evaluating the model on another file.
  model.describe({ notes: { types: Object.fromEntries(data.schema.map(({ name, type }) => [name, type])) } });
  await model.save(folder);
  const report = buildModelReport({ model, split, metrics, baselines, table: data.table, tested, warnings });
  await saveReport(report, folder);
}

function describeSchema({ schema }: LabelledTable): string {
  const columns = schema.map(
    ({ name, type, missing }) =>
      `${name} (${type}${missing === 0 ? '' : `, ${missing.toLocaleString('en')} missing`})`,
  );
  return `${columns.join(', ')}. Should a column be read as something else? --types ${schema[0]?.name ?? 'COLUMN'}=category`;
}

function lateDateWarnings({ table, dates }: LabelledTable, time: string | undefined): string[] {
  return (time === undefined ? [] : lateDates(table, dates, time)).map(
    ({ name, share }) =>
      `"${name}" lies after "${time}" in ${Math.round(share * 100)} % of the rows: a model that looks ahead is of no use. Was it known then? Otherwise --ignore ${name}`,
  );
}

/** A version name that sorts by time: `20261122T081500Z`. */
export function versionAt(now: number): string {
  return new Date(now).toISOString().replace(/[-:]|\.\d+/g, '');
}
