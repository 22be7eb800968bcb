import { fitBlendedClassifier } from '../blending/fit-blended-classifier.js';
import { type BinaryMetrics, evaluateBinary } from '../evaluation/evaluate-binary.js';
import type { TestedTable } from '../evaluation/tested-table.js';
import type { CustomerHistory } from '../events/segue-event.js';
import { FEATURE_SET } from '../features/feature-set.js';
import { usualValues } from '../reasons/usual-values.js';
import type { BinaryClassifier } from '../serving/binary-classifier.js';
import { selectRows, type Table } from '../tables/table.js';
import { fitBaseRate, fitLogisticRegression } from '../training/baselines.js';
import type { TrainProgress } from '../training/train-ensemble.js';
import type { TrainingRecipe } from '../training/train-network.js';
import { type ChurnNotes, toNotes } from './churn-notes.js';
import { type ChurnDates, type ChurnPlan, checkLabelsKnown, planChurn } from './churn-plan.js';
import { type ChurnRows, ChurnRowsBuilder } from './churn-rows.js';

export type TrainChurnOptions = ChurnDates & {
  /** All customers' events, each customer's oldest first; called once. */
  readonly histories: () => AsyncIterable<CustomerHistory>;
  readonly seed: number;
  readonly version: string;
  /** Goes into the manifest. */
  readonly trainedAt: Date;
  readonly budgetSeconds?: number | undefined;
  /** With more rows only a sample of the customers is used; default 100,000. */
  readonly maxRows?: number | undefined;
  readonly recipe?: Partial<TrainingRecipe> | undefined;
  readonly bags?: number | undefined;
  readonly onProgress?: ((progress: TrainProgress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
};

export type ChurnTraining = {
  readonly classifier: BinaryClassifier;
  /** On the test customers. */
  readonly metrics: BinaryMetrics;
  /** On the same customers: the share of leavers in training for everyone, recency alone, logistic regression. */
  readonly baselines: Readonly<Record<'baseRate' | 'recency' | 'logisticRegression', BinaryMetrics>>;
  readonly counts: {
    readonly trainRows: number;
    readonly trainChurned: number;
    readonly testRows: number;
    readonly testChurned: number;
    /** Share of all customers the rows are a sample of. */
    readonly sampled: number;
  };
  /** The test customers: their features, who left, and what was predicted. */
  readonly tested: TestedTable;
  /** `time`: tested at a later time; `customers`: at the same time on other customers. */
  readonly split: 'time' | 'customers';
  /** First and last event that was read. */
  readonly dataWindow: { readonly from: Date; readonly to: Date };
};

const MAX_ROWS = 100_000;
/** Smaller than the default: as good here (measured), and reasons come faster. */
const RECIPE: Partial<TrainingRecipe> = { hidden: 32, startingSpread: 0.05 };
const BAGS = 3;
/** Part of the progress bar that reading the events takes. */
const READING = 0.3;
/** Share of customers kept for testing where no test date is given. */
const TEST_SHARE = 0.2;
/**
 * Trains the churn model: of all customers who ordered before `asOf`, who places no order in the `horizonDays` after it?
 * Features see only events before each snapshot; labels only what follows. The test lies later than every label.
 *
 * @throws Error where dates overlap, the events end too early, or there are too few customers
 */
export async function trainChurn(options: TrainChurnOptions): Promise<ChurnTraining> {
  const plan = planChurn(options);
  const rows = await gather(options, plan);
  if (rows.window === null || rows.table.rows === 0) {
    throw new Error(
      `No customer ordered before ${options.asOf.toISOString().slice(0, 10)}. Import orders first, or take a later date.`,
    );
  }
  checkLabelsKnown(plan, { horizonDays: options.horizonDays, eventsEnd: rows.window.to });
  const { train, test } = split(rows, plan);
  const table = selectRows(rows.table, train);
  const labels = Uint8Array.from(train, (row) => rows.labels[row] ?? 0);
  const { classifier } = await fitBlendedClassifier({
    table,
    labels,
    groups: Uint32Array.from(train, (row) => rows.customers[row] ?? 0),
    // Rows held out lie in the same weeks as the training: what a chosen weight or calibration gains there, the next
    // season takes away (measured); a plain mean holds (Stock & Watson 2004 on combining forecasts).
    weight: 0.5,
    calibrates: false,
    // Trees have nothing to go by where a later season differs; a network taught by them hasn't either.
    taught: false,
    seed: options.seed,
    name: 'churn',
    version: options.version,
    trainedAt: options.trainedAt.toISOString(),
    featuresHash: FEATURE_SET.hash,
    dataWindow: { from: rows.window.from.toISOString(), to: rows.window.to.toISOString() },
    budgetSeconds: options.budgetSeconds,
    recipe: { ...RECIPE, ...options.recipe },
    bags: options.bags ?? BAGS,
    signal: options.signal,
    onProgress: ({ done, message }) =>
      options.onProgress?.({ done: READING + (1 - READING) * done, message: `churn: ${message}` }),
  });
  const training = evaluate({ rows, train, test, table, labels, classifier, seed: options.seed });
  const notes: ChurnNotes = {
    horizonDays: options.horizonDays,
    baseRate: mean(labels),
    asOf: options.asOf.toISOString(),
    testAsOf: options.testAsOf?.toISOString() ?? null,
    split: plan.test === null ? 'customers' : 'time',
    usual: usualValues(table),
  };
  classifier.describe({ metrics: training.metrics, baselines: training.baselines, notes: toNotes(notes) });
  return {
    classifier,
    ...training,
    split: notes.split,
    dataWindow: rows.window,
  };
}

async function gather(options: TrainChurnOptions, plan: ChurnPlan): Promise<ChurnRows> {
  const builder = new ChurnRowsBuilder({
    snapshots: plan.snapshots,
    horizonDays: options.horizonDays,
    seed: options.seed,
    maxRows: options.maxRows ?? MAX_ROWS,
  });
  let customers = 0;
  for await (const history of options.histories()) {
    options.signal?.throwIfAborted();
    builder.add(history);
    customers += 1;
    if (customers % 500 === 0) {
      // How many there are isn't known beforehand: the bar approaches the end of its part.
      const done = READING * (1 - 1 / (1 + customers / 5000));
      options.onProgress?.({ done, message: `churn: read ${customers} customers` });
    }
  }
  return builder.build();
}

function split(rows: ChurnRows, plan: ChurnPlan): { train: Int32Array; test: Int32Array } {
  const all = Array.from({ length: rows.table.rows }, (_, row) => row);
  const heldOut = (row: number) => (rows.customers[row] ?? 0) % 1000 < TEST_SHARE * 1000;
  const isTest = (row: number) =>
    plan.test === null
      ? rows.snapshots[row] === plan.main && heldOut(row)
      : rows.snapshots[row] === plan.test;
  const isTrain = (row: number) => (plan.test === null ? !heldOut(row) : rows.snapshots[row] !== plan.test);
  const train = Int32Array.from(all.filter(isTrain));
  const test = Int32Array.from(all.filter(isTest));
  if (test.length === 0) {
    throw new Error('No customer is left to test on. Take a later test date, or import more orders.');
  }
  return { train, test };
}

type Fitted = {
  readonly rows: ChurnRows;
  readonly train: Int32Array;
  readonly test: Int32Array;
  readonly table: Table;
  readonly labels: Uint8Array;
  readonly classifier: BinaryClassifier;
  readonly seed: number;
};

function evaluate(fitted: Fitted): Pick<ChurnTraining, 'metrics' | 'baselines' | 'counts' | 'tested'> {
  const { rows, table, labels, seed } = fitted;
  const testTable = selectRows(rows.table, fitted.test);
  const testLabels = Uint8Array.from(fitted.test, (row) => rows.labels[row] ?? 0);
  const measure = (probabilities: Float64Array) =>
    evaluateBinary({ labels: testLabels, probabilities, seed });
  const recency = (whole: Table): Table => ({
    rows: whole.rows,
    columns: whole.columns.filter(({ name }) => name === 'days_since_order'),
  });
  const probabilities = fitted.classifier.predict(testTable);
  return {
    metrics: measure(probabilities),
    tested: { table: testTable, labels: testLabels, probabilities },
    baselines: {
      baseRate: measure(fitBaseRate(labels).predict(testTable)),
      recency: measure(fitLogisticRegression(recency(table), labels).predict(recency(testTable))),
      logisticRegression: measure(fitLogisticRegression(table, labels).predict(testTable)),
    },
    counts: {
      trainRows: labels.length,
      trainChurned: labels.reduce((sum, label) => sum + label, 0),
      testRows: testLabels.length,
      testChurned: testLabels.reduce((sum, label) => sum + label, 0),
      sampled: rows.sampled,
    },
  };
}

function mean(labels: Uint8Array): number {
  return labels.reduce((sum, label) => sum + label, 0) / labels.length;
}
