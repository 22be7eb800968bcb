import { type BinaryMetrics, evaluateBinary } from '../evaluation/evaluate-binary.js';
import { evaluateFolds, type FoldsEvaluation } from '../evaluation/evaluate-folds.js';
import { DEFAULT_CANDIDATE } from '../search/candidate.js';
import { searchRecipe } from '../search/search-recipe.js';
import type { SearchResult } from '../search/successive-halving.js';
import type { BinaryClassifier } from '../serving/binary-classifier.js';
import { duplicateGroups } from '../tables/duplicate-groups.js';
import { type ColumnSignal, columnSignals, GIVEAWAY_AUC, SUSPICIOUS_AUC } from '../tables/leakage.js';
import type { LabelledTable } from '../tables/read-labelled-table.js';
import { foldRows, stratifiedFolds } from '../tables/stratified-folds.js';
import { selectRows, type Table } from '../tables/table.js';
import { TableProblem } from '../tables/table-problem.js';
import { fitBaseRate, fitLogisticRegression } from './baselines.js';
import { crossValidate, type ModelName } from './cross-validate.js';
import { fitBinaryClassifier } from './fit-binary-classifier.js';
import type { TrainProgress } from './train-ensemble.js';
import type { TrainingRecipe } from './train-network.js';

export type TableSplit =
  | { readonly kind: 'folds'; readonly folds: number }
  /** The newest fifth of the rows, by a numeric or date column, is the test. */
  | { readonly kind: 'time'; readonly column: string }
  /** A stratified fifth of the rows is the test. */
  | { readonly kind: 'fifth' };

export interface TrainOnTableInput {
  readonly data: LabelledTable;
  readonly split: TableSplit;
  readonly seed: number;
  /** For everything: testing, and the final model where one is wanted. */
  readonly budgetSeconds: number;
  /** When given, a model is trained on all rows in the end. */
  readonly final?:
    | {
        readonly name: string;
        readonly version: string;
        readonly trainedAt: string;
        readonly source: string;
      }
    | undefined;
  /** Whether columns that give the label away are used all the same. */
  readonly keepLeaks?: boolean | undefined;
  readonly recipe?: Partial<TrainingRecipe> | undefined;
  /**
   * When given, a better recipe is searched for so long, beside the budget, on the rows that are not the test. Takes a
   * split that isn't by folds.
   */
  readonly search?: { readonly seconds: number; readonly most?: number | undefined } | undefined;
  readonly bags?: number | undefined;
  readonly workers?: number | undefined;
  readonly onProgress?: ((progress: TrainProgress) => void) | undefined;
}

export interface TableTraining {
  readonly metrics: BinaryMetrics;
  readonly folds: FoldsEvaluation['folds'];
  readonly baselines: Readonly<Record<Exclude<ModelName, 'network'>, BinaryMetrics>>;
  /** The tested rows: what was predicted for which label. */
  readonly tested: {
    readonly rows: Int32Array;
    readonly labels: Int32Array;
    readonly probabilities: Float64Array;
  };
  /** How well each column alone ranks the labels, best first. */
  readonly signals: readonly ColumnSignal[];
  readonly duplicates: number;
  readonly warnings: readonly string[];
  readonly search?: TableSearch;
  readonly classifier?: BinaryClassifier;
}

export interface TableSearch extends SearchResult {
  /** The default recipe on the same test rows; absent where the search kept it. */
  readonly defaultMetrics?: BinaryMetrics;
}

/** Share of the budget for the final model, where one is wanted. */
const FINAL_SHARE = 0.25;
const TEST_SHARE = 0.2;

/**
 * Tests the default network and its baselines on a table by the given split, and trains a final model on all rows.
 *
 * @throws TableProblem when a column is the label in other words, or a class has too few rows
 */
export async function trainOnTable(input: TrainOnTableInput): Promise<TableTraining> {
  const { data, seed } = input;
  checkSize(input);
  const warnings: string[] = [];
  const signals = columnSignals(data.table, data.labels);
  warnings.push(...checkLeaks(signals, input));
  const { groups: equalRows, duplicates } = duplicateGroups(data.table);
  if (duplicates > 0) {
    warnings.push(`${duplicates} rows repeat another row; each such group stays on one side of every split`);
  }
  const groups = data.groups ?? equalRows;
  const testShare = input.final === undefined ? 1 : 1 - FINAL_SHARE;
  const progress = (from: number, share: number) => (state: TrainProgress) =>
    input.onProgress?.({ ...state, done: from + share * state.done });
  const { scores, search } = await testModels(input, {
    groups,
    budgetSeconds: input.budgetSeconds * testShare,
    onProgress: progress(0, testShare),
  });
  const recipe = { ...search?.chosen.recipe, ...input.recipe };
  if (scores.some(({ outOfTime }) => outOfTime)) {
    warnings.push(
      'the time budget cut training short: figures may be better, and repeat exactly, with a larger --budget',
    );
  }
  const evaluate = (name: ModelName): FoldsEvaluation =>
    evaluated(scores, { labels: data.labels, name, seed });
  const network = evaluate('network');
  const classifier =
    input.final &&
    (await fitBinaryClassifier({
      table: data.table,
      labels: data.labels,
      groups,
      seed,
      name: input.final.name,
      version: input.final.version,
      trainedAt: input.final.trainedAt,
      dataSource: input.final.source,
      recipe,
      taught: search?.chosen.taught,
      thorough: true,
      bags: input.bags,
      budgetSeconds: input.budgetSeconds * FINAL_SHARE,
      onProgress: progress(testShare, 1 - testShare),
    }));
  const baselines = {
    logisticRegression: evaluate('logisticRegression').metrics,
    baseRate: evaluate('baseRate').metrics,
  };
  classifier?.describe({ metrics: network.metrics, baselines });
  const tested = Int32Array.from(scores.flatMap(({ rows }) => [...rows]));
  return {
    metrics: network.metrics,
    folds: network.folds,
    baselines,
    tested: {
      rows: tested,
      labels: Int32Array.from(tested, (row) => data.labels[row] ?? 0),
      probabilities: Float64Array.from(scores.flatMap(({ probabilities }) => [...probabilities.network])),
    },
    signals,
    duplicates,
    warnings,
    ...(search && { search }),
    ...(classifier && { classifier }),
  };
}

const MIN_ROWS = 50;
const MIN_PER_CLASS = 10;

function checkSize({ data: { labels }, split }: TrainOnTableInput): void {
  const positives = labels.reduce((sum, label) => sum + label, 0);
  const rarer = Math.min(positives, labels.length - positives);
  const perClass = split.kind === 'folds' ? Math.max(MIN_PER_CLASS, 2 * split.folds) : MIN_PER_CLASS;
  if (labels.length < MIN_ROWS || rarer < perClass) {
    throw new TableProblem(
      `The table has ${labels.length} rows, ${positives} of them positive: too few to train and test on. At least ${MIN_ROWS} rows with ${perClass} of each class are needed; add rows${split.kind === 'folds' && split.folds > 5 ? ', or use fewer folds' : ''}.`,
    );
  }
}

function checkLeaks(signals: readonly ColumnSignal[], { data, keepLeaks }: TrainOnTableInput): string[] {
  const enough = data.table.rows >= 50;
  const giveaway = signals.find(({ auc }) => enough && auc >= GIVEAWAY_AUC);
  if (giveaway !== undefined && keepLeaks !== true) {
    throw new TableProblem(
      `Column "${giveaway.name}" gives the label away: alone it separates the classes with an AUC of ${giveaway.auc.toFixed(4)}, as the label itself would. Drop it with --ignore ${giveaway.name}; if it really is known before the outcome, say --keep-leaks.`,
    );
  }
  return signals
    .filter(({ auc }) => enough && auc > SUSPICIOUS_AUC)
    .map(
      ({ name, auc }) =>
        `column "${name}" alone reaches an AUC of ${auc.toFixed(3)}: is it known before the outcome? Otherwise --ignore it`,
    );
}

interface Tested {
  readonly rows: Int32Array;
  readonly probabilities: Readonly<Record<ModelName, Float64Array>>;
  readonly outOfTime: boolean;
}

interface TestOptions {
  readonly groups: Int32Array;
  readonly budgetSeconds: number;
  readonly onProgress: (progress: TrainProgress) => void;
}

type TestedModels = { readonly scores: readonly Tested[]; readonly search?: TableSearch };

async function testModels(input: TrainOnTableInput, options: TestOptions): Promise<TestedModels> {
  const { data, split, recipe, bags, workers, seed } = input;
  if (split.kind === 'folds') {
    const { table, labels } = data;
    const { folds } = await crossValidate({
      ...{ table, labels, folds: split.folds, seed, recipe, bags, workers },
      ...options,
    });
    return { scores: folds };
  }
  const { train, test } =
    split.kind === 'time'
      ? splitByTime(data.table, split.column)
      : stratifiedFifth(data.labels, { groups: options.groups, seed });
  const labels = Int32Array.from(train, (row) => data.labels[row] ?? 0);
  const table = selectRows(data.table, train);
  const groups = Int32Array.from(train, (row) => options.groups[row] ?? row);
  const testTable = selectRows(data.table, test);
  const searchPart =
    input.search === undefined ? 0 : input.search.seconds / (input.search.seconds + options.budgetSeconds);
  const found =
    input.search &&
    (await searchRecipe({
      ...{ table, labels, groups, seed, workers },
      budgetSeconds: input.search.seconds,
      most: input.search.most,
      onProgress: ({ done, message }) => options.onProgress({ done: searchPart * done, message }),
    }));
  const compares = found !== undefined && found.chosen !== DEFAULT_CANDIDATE;
  const models = compares ? [found.chosen, DEFAULT_CANDIDATE] : [DEFAULT_CANDIDATE];
  const fitted: BinaryClassifier[] = [];
  for (const [place, candidate] of models.entries()) {
    fitted.push(
      await fitBinaryClassifier({
        ...{ table, labels, groups, seed, bags, taught: candidate.taught },
        thorough: true,
        name: 'split',
        version: split.kind,
        trainedAt: '',
        recipe: { ...candidate.recipe, ...recipe },
        budgetSeconds: options.budgetSeconds / models.length,
        onProgress: ({ done, message }) =>
          options.onProgress({
            done: searchPart + ((1 - searchPart) * (place + done)) / models.length,
            message,
          }),
      }),
    );
  }
  const [model, byDefault] = fitted;
  if (model === undefined) throw new Error('Expected a model to be tested');
  const truth = Int32Array.from(test, (row) => data.labels[row] ?? 0);
  const search = found && {
    ...found,
    ...(byDefault && {
      defaultMetrics: evaluateBinary({ labels: truth, probabilities: byDefault.predict(testTable), seed }),
    }),
  };
  return {
    scores: [
      {
        rows: test,
        probabilities: {
          network: model.predict(testTable),
          logisticRegression: fitLogisticRegression(table, labels).predict(testTable),
          baseRate: fitBaseRate(labels).predict(testTable),
        },
        outOfTime: fitted.some(({ outOfTime }) => outOfTime),
      },
    ],
    ...(search && { search }),
  };
}

function stratifiedFifth(
  labels: Int32Array,
  { groups, seed }: { readonly groups: Int32Array; readonly seed: number },
): { train: Int32Array; test: Int32Array } {
  const folds = stratifiedFolds(labels, { folds: Math.round(1 / TEST_SHARE), seed, groups });
  const { inside, outside } = foldRows(folds, 0);
  return { train: outside, test: inside };
}

/** Rows before and after the time that leaves the newest fifth as the test; rows without a time train. */
export function splitByTime(table: Table, column: string): { train: Int32Array; test: Int32Array } {
  const found = table.columns.find(({ name }) => name === column);
  if (found?.kind !== 'numeric') {
    throw new TableProblem(`Expected "${column}" to be a column of dates or numbers to split by time.`);
  }
  const sorted = found.values.filter((value) => !Number.isNaN(value)).sort();
  const cut = sorted[Math.floor(sorted.length * (1 - TEST_SHARE))] ?? Number.NaN;
  const train: number[] = [];
  const test: number[] = [];
  found.values.forEach((value, row) => {
    (value >= cut ? test : train).push(row);
  });
  if (train.length === 0 || test.length === 0) {
    throw new TableProblem(`All rows have the same time in "${column}"; use --cv instead.`);
  }
  return { train: Int32Array.from(train), test: Int32Array.from(test) };
}

function evaluated(
  scores: readonly Tested[],
  { labels, name, seed }: { labels: Int32Array; name: ModelName; seed: number },
): FoldsEvaluation {
  const folds = scores.map(({ rows, probabilities }) => ({
    labels: Int32Array.from(rows, (row) => labels[row] ?? 0),
    probabilities: probabilities[name],
  }));
  if (folds.length > 1 || folds[0] === undefined) {
    return evaluateFolds(folds, seed);
  }
  return { metrics: evaluateBinary({ ...folds[0], seed }), folds: [] };
}
