import { fitBlendedClassifier } from '../blending/fit-blended-classifier.js';
import {
  type ChosenBlend,
  chosenBlend,
  refitBlendedClassifier,
} from '../blending/refit-blended-classifier.js';
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
import { type PropensitySplit, settledOffers, splitOffers } from './propensity-split.js';

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
  /** Fitted on all offers whose answers are in. */
  readonly classifier: BinaryClassifier;
  /** What {@link retrainPropensity} takes over. */
  readonly chosen: ChosenBlend;
  /** On the later offers, by the same model fitted without them. */
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
const POSITIVE: readonly PositiveOutcome[] = ['accepted'];
const NOTHING_SHOWN =
  'No action was ever shown to a customer: there are no "Action Shown" events to learn from.';
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
 * One row per `Action Shown`, with the features just before it; tested on later offers, then fitted once more with those
 * and all others whose answers are in, as the newest say most of today.
 *
 * @throws Error where there are too few offers with known answers
 */
export async function trainPropensity(options: TrainPropensityOptions): Promise<PropensityTraining> {
  const windowDays = options.windowDays ?? WINDOW_DAYS;
  const positive = options.positive ?? POSITIVE;
  const rows = await gather(options, { windowDays, positive });
  const { window } = rows;
  if (window === null || rows.table.rows === 0) {
    throw new Error(NOTHING_SHOWN);
  }
  const split = splitOffers(rows, {
    settleDays: options.settleDays ?? windowDays,
    testFrom: options.testFrom,
    gapDays: options.gapDays ?? windowDays,
  });
  const choosing = fitInput(options, { rows, train: split.train, window });
  const { classifier: common, blend } = await fitBlendedClassifier({
    ...choosing,
    validationRows: latestShare(split.train, VALIDATION_SHARE),
    calibrates: true,
  });
  const tested = await addActionSlopes(common, choosing);
  const evaluation = evaluate(rows, split, { classifier: tested, seed: options.seed });
  const days = answerDays(rows.table, rows.daysToYes, split.train);
  const settled = settledOffers(rows, { answerDays: days, windowDays });
  const chosen = chosenBlend(common, blend);
  const classifier = await fitSettled(options, { rows, settled, window, chosen });
  classifier.describe({
    metrics: evaluation.metrics,
    baselines: evaluation.baselines,
    notes: toNotes({
      ...notesOf(options, { rows, settled, answerDays: days }),
      testFrom: split.testFrom.toISOString(),
    }),
  });
  return { classifier, chosen, ...evaluation, testFrom: split.testFrom, dataWindow: window };
}

/**
 * Trains once more on all offers whose answers are in, without a test: what {@link trainPropensity} chose (how much the
 * regression counts, the calibration) is taken over.
 *
 * @param chosen of an earlier training
 */
export async function retrainPropensity(
  options: TrainPropensityOptions,
  chosen: ChosenBlend,
): Promise<BinaryClassifier> {
  const windowDays = options.windowDays ?? WINDOW_DAYS;
  const rows = await gather(options, { windowDays, positive: options.positive ?? POSITIVE });
  const { window } = rows;
  if (window === null || rows.table.rows === 0) throw new Error(NOTHING_SHOWN);
  const all = Int32Array.from({ length: rows.table.rows }, (_, row) => row);
  const days = answerDays(rows.table, rows.daysToYes, all);
  const settled = settledOffers(rows, { answerDays: days, windowDays });
  const classifier = await fitSettled(options, { rows, settled, window, chosen });
  classifier.describe({
    notes: toNotes({
      ...notesOf(options, { rows, settled, answerDays: days }),
      testFrom: window.to.toISOString(),
    }),
  });
  return classifier;
}

type Window = NonNullable<PropensityRows['window']>;

async function fitSettled(
  options: TrainPropensityOptions,
  fit: {
    readonly rows: PropensityRows;
    readonly settled: Int32Array;
    readonly window: Window;
    readonly chosen: ChosenBlend;
  },
): Promise<BinaryClassifier> {
  const input = fitInput(options, { ...fit, train: fit.settled });
  return addActionSlopes(await refitBlendedClassifier({ ...input, chosen: fit.chosen }), input);
}

function fitInput(
  options: TrainPropensityOptions,
  {
    rows,
    train,
    window,
  }: { readonly rows: PropensityRows; readonly train: Int32Array; readonly window: Window },
) {
  return {
    table: hideActions(selectRows(rows.table, train), options.seed),
    labels: labelsOf(rows, train),
    groups: Uint32Array.from(train, (row) => rows.customers[row] ?? 0),
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
    onProgress: ({ done, message }: TrainProgress) =>
      options.onProgress?.({ done: READING + (1 - READING) * done, message: `propensity: ${message}` }),
  };
}

function notesOf(
  options: TrainPropensityOptions,
  trained: {
    readonly rows: PropensityRows;
    readonly settled: Int32Array;
    readonly answerDays: PropensityNotes['answerDays'];
  },
): Omit<PropensityNotes, 'testFrom'> {
  const labels = labelsOf(trained.rows, trained.settled);
  return {
    positive: [...(options.positive ?? POSITIVE)],
    windowDays: options.windowDays ?? WINDOW_DAYS,
    baseRate: mean(labels),
    answerDays: trained.answerDays,
    actions: Object.fromEntries(countActions(selectRows(trained.rows.table, trained.settled), labels)),
  };
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
