import { fitBlendedClassifier } from '../blending/fit-blended-classifier.js';
import { type BinaryMetrics, evaluateBinary } from '../evaluation/evaluate-binary.js';
import type { TestedTable } from '../evaluation/tested-table.js';
import type { CustomerHistory } from '../events/segue-event.js';
import type { BinaryClassifier } from '../serving/binary-classifier.js';
import { selectRows } from '../tables/table.js';
import { fitBaseRate, fitLogisticRegression } from '../training/baselines.js';
import type { TrainProgress } from '../training/train-ensemble.js';
import type { TrainingRecipe } from '../training/train-network.js';
import { countActions, fitActionRates } from './action-rate-baseline.js';
import { addActionSlopes } from './add-action-slopes.js';
import { answerDays } from './answer-days.js';
import type { ActionFacts } from './candidate.js';
import { hideActions, withoutUnseen } from './hide-actions.js';
import type { PositiveOutcome } from './offers-in-history.js';
import { PROPENSITY_FEATURES_HASH } from './propensity-features.js';
import { type PropensityNotes, toNotes } from './propensity-notes.js';
import { type PropensityRows, PropensityRowsBuilder } from './propensity-rows.js';
import { type PropensitySplit, splitOffers } from './propensity-split.js';

export type TrainPropensityOptions = {
  /** All customers' events, each customer's oldest first; called once. */
  readonly histories: () => AsyncIterable<CustomerHistory>;
  /** What events don't tell of the actions: their tags. Actions left out have none. */
  readonly actions?: readonly ActionFacts[] | undefined;
  /** Which outcomes count as a yes; default `accepted`. */
  readonly positive?: readonly PositiveOutcome[] | undefined;
  /** Days in which a yes counts; default 7. */
  readonly windowDays?: number | undefined;
  /** Offers from here on are the test; default: the latest fifth. */
  readonly testFrom?: Date | undefined;
  /** Offers made in the days before `testFrom` don't train, as their answers come in later; default `windowDays`. */
  readonly gapDays?: number | undefined;
  /** Offers made in the days before the last event are left out, as silence is no answer yet; default `windowDays`. */
  readonly settleDays?: number | undefined;
  readonly seed: number;
  readonly version: string;
  /** Goes into the manifest. */
  readonly trainedAt: Date;
  readonly budgetSeconds?: number | undefined;
  /** With more offers only a sample of the customers is used; default 150,000. */
  readonly maxRows?: number | undefined;
  readonly recipe?: Partial<TrainingRecipe> | undefined;
  readonly bags?: number | undefined;
  readonly onProgress?: ((progress: TrainProgress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
};

export type PropensityTraining = {
  readonly classifier: BinaryClassifier;
  /** On the later offers. */
  readonly metrics: BinaryMetrics;
  /** On the same offers: the common share of yes, each action's own share, logistic regression. */
  readonly baselines: Readonly<Record<'baseRate' | 'actionRate' | 'logisticRegression', BinaryMetrics>>;
  readonly counts: {
    readonly trainRows: number;
    readonly trainYes: number;
    readonly testRows: number;
    readonly testYes: number;
    /** Offers without a known answer, or answered during the test. */
    readonly leftOut: number;
    /** Share of all customers the rows are a sample of. */
    readonly sampled: number;
  };
  readonly testFrom: Date;
  /** The later offers: what was known of each, what came of it, and what was predicted. */
  readonly tested: TestedTable;
  /** First and last event that was read. */
  readonly dataWindow: { readonly from: Date; readonly to: Date };
};

const MAX_ROWS = 150_000;
const WINDOW_DAYS = 7;
/** Share of the training offers, the latest, on which the blend of networks and regression is chosen. */
const VALIDATION_SHARE = 0.25;
/** Part of the progress bar that reading the events takes. */
const READING = 0.3;
/** Smaller than the default: it scores every candidate of every decision. */
const RECIPE: Partial<TrainingRecipe> = { members: 3, hidden: 24 };
const BAGS = 1;
/**
 * Actions differ far more in how often they are taken up than customers do by any one number: pulled to the mean as
 * strongly as numbers are, each action would be thought about as good as the next.
 */
const RIDGE = { numbers: 300, categories: 3 };

/**
 * Trains the propensity model: does the customer say yes to this action, in this treatment, on this channel, now?
 * One row per `Action Shown`, with the features just before it; tested on later offers.
 *
 * @throws Error where there are too few offers with known answers
 */
export async function trainPropensity(options: TrainPropensityOptions): Promise<PropensityTraining> {
  const windowDays = options.windowDays ?? WINDOW_DAYS;
  const positive = options.positive ?? ['accepted'];
  const rows = await gather(options, { windowDays, positive });
  const { window } = rows;
  if (window === null || rows.table.rows === 0) {
    throw new Error(
      'No action was ever shown to a customer: there are no "Action Shown" events to learn from.',
    );
  }
  const split = splitOffers(rows, {
    settleDays: options.settleDays ?? windowDays,
    testFrom: options.testFrom,
    gapDays: options.gapDays ?? windowDays,
  });
  const labels = labelsOf(rows, split.train);
  const table = hideActions(selectRows(rows.table, split.train), options.seed);
  const { classifier: common } = await fitBlendedClassifier({
    table,
    labels,
    groups: Uint32Array.from(split.train, (row) => rows.customers[row] ?? 0),
    validationRows: latestShare(split.train, VALIDATION_SHARE),
    calibrates: true,
    seed: options.seed,
    name: 'propensity',
    version: options.version,
    trainedAt: options.trainedAt.toISOString(),
    featuresHash: PROPENSITY_FEATURES_HASH,
    dataWindow: { from: window.from.toISOString(), to: window.to.toISOString() },
    budgetSeconds: options.budgetSeconds,
    recipe: { ...RECIPE, ...options.recipe },
    bags: options.bags ?? BAGS,
    ridge: RIDGE,
    signal: options.signal,
    onProgress: ({ done, message }) =>
      options.onProgress?.({ done: READING + (1 - READING) * done, message: `propensity: ${message}` }),
  });
  const classifier = await addActionSlopes(common, { table, labels });
  const evaluation = evaluate(rows, split, { classifier, seed: options.seed });
  const notes: PropensityNotes = {
    positive: [...positive],
    windowDays,
    baseRate: mean(labels),
    answerDays: answerDays(rows.table, rows.daysToYes, split.train),
    testFrom: split.testFrom.toISOString(),
    actions: Object.fromEntries(countActions(selectRows(rows.table, split.train), labels)),
  };
  classifier.describe({
    metrics: evaluation.metrics,
    baselines: evaluation.baselines,
    notes: toNotes(notes),
  });
  return { classifier, ...evaluation, testFrom: split.testFrom, dataWindow: window };
}

async function gather(
  options: TrainPropensityOptions,
  { windowDays, positive }: { readonly windowDays: number; readonly positive: readonly PositiveOutcome[] },
): Promise<PropensityRows> {
  const builder = new PropensityRowsBuilder({
    positive,
    windowDays,
    actions: options.actions ?? [],
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
      options.onProgress?.({ done, message: `propensity: read ${customers} customers` });
    }
  }
  return builder.build();
}

function evaluate(
  rows: PropensityRows,
  split: PropensitySplit,
  { classifier, seed }: { readonly classifier: BinaryClassifier; readonly seed: number },
): Pick<PropensityTraining, 'metrics' | 'baselines' | 'counts' | 'tested'> {
  const train = selectRows(rows.table, split.train);
  const test = selectRows(rows.table, split.test);
  const trainLabels = labelsOf(rows, split.train);
  const labels = labelsOf(rows, split.test);
  const measure = (probabilities: Float64Array) => evaluateBinary({ labels, probabilities, seed });
  const seen = withoutUnseen(test, classifier.manifest.features);
  const probabilities = classifier.predict(seen);
  return {
    metrics: measure(probabilities),
    tested: { table: seen, labels, probabilities },
    baselines: {
      baseRate: measure(fitBaseRate(trainLabels).predict(test)),
      actionRate: measure(fitActionRates(train, trainLabels).predict(test)),
      logisticRegression: measure(fitLogisticRegression(train, trainLabels).predict(test)),
    },
    counts: {
      trainRows: trainLabels.length,
      trainYes: sum(trainLabels),
      testRows: labels.length,
      testYes: sum(labels),
      leftOut: split.leftOut,
      sampled: rows.sampled,
    },
  };
}

/** Places of the last rows; `train` is in order of time. */
function latestShare(train: Int32Array, share: number): Int32Array {
  const count = Math.floor(train.length * share);
  return Int32Array.from({ length: count }, (_, place) => train.length - count + place);
}

function labelsOf(rows: PropensityRows, indices: Int32Array): Uint8Array {
  return Uint8Array.from(indices, (row) => rows.labels[row] ?? 0);
}

function sum(labels: Uint8Array): number {
  return labels.reduce((total, label) => total + label, 0);
}

function mean(labels: Uint8Array): number {
  return sum(labels) / labels.length;
}
