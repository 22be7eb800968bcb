import { fitBlendedValue } from '../blending/fit-blended-value.js';
import { type BinaryMetrics, evaluateBinary } from '../evaluation/evaluate-binary.js';
import type { TestedTable } from '../evaluation/tested-table.js';
import type { CustomerHistory } from '../events/segue-event.js';
import { FEATURE_SET } from '../features/feature-set.js';
import { DAY_MS } from '../features/time-units.js';
import { describeArtifact } from '../registry/describe-artifact.js';
import { ValueModel } from '../serving/value-model.js';
import { selectRows } from '../tables/table.js';
import type { TrainProgress } from '../training/train-ensemble.js';
import type { TrainingRecipe } from '../training/train-network.js';
import { type AmountMetrics, evaluateAmounts } from './amount-metrics.js';
import { amountTeacher } from './amount-teacher.js';
import { type BuyTillYouDie, expectedSpending, fitBuyTillYouDie, yearOver } from './buy-till-you-die.js';
import { gatherLifetimes } from './gather-lifetimes.js';
import type { Aftermath } from './lifetime-rows.js';
import { snapshotsUntil } from './lifetime-snapshots.js';
import type { ValueNotes } from './value-notes.js';

export type TrainValueOptions = {
  readonly histories: () => AsyncIterable<CustomerHistory>;
  /** First and last event there is. */
  readonly window: { readonly from: Date; readonly to: Date };
  /** How far ahead the network looks; default: a year, or a third of the history where that is shorter. */
  readonly horizonDays?: number | undefined;
  /** Margin over revenue where orders have no `margin` of their own; default 1: value is counted in revenue. */
  readonly marginShare?: number | undefined;
  readonly seed: number;
  readonly version: string;
  readonly trainedAt: Date;
  readonly budgetSeconds?: number | undefined;
  readonly maxRows?: number | undefined;
  readonly recipe?: Partial<TrainingRecipe> | undefined;
  readonly onProgress?: ((progress: TrainProgress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
};

export type ValueTraining = {
  readonly model: ValueModel;
  /** Of the amounts in the horizon, tested later than every training label. */
  readonly amounts: AmountMetrics;
  /**
   * On the same customers: everyone's mean, the same spending as in the year before, and BG/NBD and Pareto/NBD, each with
   * Gamma-Gamma, where they can be fitted.
   */
  readonly amountBaselines: { readonly mean: AmountMetrics; readonly lastYear: AmountMetrics } & {
    readonly [classical in 'bgNbd' | 'paretoNbd']?: AmountMetrics;
  };
  /** Of "spends anything". */
  readonly metrics: BinaryMetrics;
  readonly baselines: Readonly<Record<'baseRate', BinaryMetrics>>;
  readonly horizonDays: number;
  readonly yearFactor: number;
  readonly testedAsOf: Date;
  /** Whether each test customer spent anything. */
  readonly tested: TestedTable;
  readonly counts: { readonly trainRows: number; readonly testRows: number; readonly sampled: number };
};

const SNAPSHOTS = 4;
const MAX_ROWS = 60_000;
const READING = 0.3;
const RECIPE: Partial<TrainingRecipe> = {
  hidden: 32,
  maxEpochs: 40,
  dropout: 0.2,
  weightDecay: 3,
  startingSpread: 0.05,
};
/** Beyond these a sum that doesn't fit has other reasons than a spread guessed too wide. */
const SCALE = { least: 0.3, most: 3 };

/**
 * Trains what a customer earns in the coming year: the margin of the horizon after a snapshot by a zero-inflated
 * lognormal network, carried on to a year by Pareto/NBD. Tested on the last horizon there is.
 *
 * @throws Error where the events are too few or too short
 */
export async function trainValue(options: TrainValueOptions): Promise<ValueTraining> {
  const { window, seed } = options;
  const historyDays = (window.to.getTime() - window.from.getTime()) / DAY_MS;
  const horizonDays = options.horizonDays ?? Math.min(365, Math.floor(historyDays / 3));
  if (!(horizonDays >= 14) || historyDays < 2 * horizonDays + 15) {
    throw new Error(
      `The events span ${Math.floor(historyDays)} days: too few to look ${Math.floor(horizonDays)} days ahead, once for training and once for the test. Import a longer history, or take a shorter --horizon (14d at least).`,
    );
  }
  const marginShare = options.marginShare ?? 1;
  const testMoment = new Date(window.to.getTime() - horizonDays * DAY_MS);
  const lastTraining = new Date(testMoment.getTime() - horizonDays * DAY_MS);
  const snapshots = [...snapshotsUntil(lastTraining, SNAPSHOTS, window.from), testMoment];
  const rows = await gatherLifetimes({
    histories: options.histories,
    snapshots,
    horizonDays,
    marginShare,
    seed,
    maxRows: options.maxRows ?? MAX_ROWS,
    signal: options.signal,
    onProgress: ({ done, message }) =>
      options.onProgress?.({ done: READING * done, message: `value: ${message}` }),
  });
  const isTest = ({ snapshot }: Aftermath) => snapshot === snapshots.length - 1;
  const places = (wanted: boolean) =>
    rows.aftermath.flatMap((after, row) => (isTest(after) === wanted ? [row] : []));
  const [train, test] = [places(false), places(true)];
  const trained = rows.aftermath.filter((after) => !isTest(after));
  const tested = rows.aftermath.filter(isTest);
  const spent = trained.filter(({ margin }) => margin > 0).length;
  if (spent < 20 || train.length - spent < 5 || test.length < 20) {
    throw new Error(
      `Expected at least 20 customers who bought again, 5 who did not, and 20 to test on, got ${spent}, ${train.length - spent} and ${test.length}. Import more orders.`,
    );
  }
  const amounts = Float64Array.from(trained, ({ margin }) => margin);
  const table = selectRows(rows.table, train);
  // One row per customer, as the statistics want it: the last training snapshot.
  const summaries = trained
    .filter(({ snapshot }) => snapshot === snapshots.length - 2)
    .map(({ summary }) => summary);
  const classical = fitBuyTillYouDie(summaries);
  const model = await fitBlendedValue({
    table,
    amounts,
    teacher: classical === null ? undefined : amountTeacher(classical, trained, horizonDays),
    groups: Float64Array.from(trained, ({ customer }) => customer),
    seed,
    name: 'value',
    version: options.version,
    trainedAt: options.trainedAt.toISOString(),
    featuresHash: FEATURE_SET.hash,
    dataWindow: { from: rows.window.from.toISOString(), to: rows.window.to.toISOString() },
    budgetSeconds: options.budgetSeconds,
    recipe: { ...RECIPE, ...options.recipe },
    bags: 1,
    signal: options.signal,
    onProgress: ({ done, message }) =>
      options.onProgress?.({ done: READING + (1 - READING) * done, message: `value: ${message}` }),
  });
  const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);
  const scale = clamp(sum(amounts) / sum(model.predict(table).expected));
  const yearFactor = classical === null ? 365 / horizonDays : yearOver(classical, summaries, horizonDays);
  const notes: ValueNotes = {
    horizonDays,
    yearFactor: Number.isFinite(yearFactor) && yearFactor >= 1 ? yearFactor : 365 / horizonDays,
    scale,
    marginShare,
    baseValue: 0,
  };
  const testTable = selectRows(rows.table, test);
  const predicted = model.predict(testTable);
  const evaluation = evaluate({
    predicted,
    tested,
    trained,
    classical,
    notes,
    seed,
    daysBefore: Math.min(365, historyDays - horizonDays),
  });
  const described = describeArtifact(model.toArtifact(), {
    metrics: { ...evaluation.metrics, ...evaluation.amounts },
    baselines: { ...evaluation.baselines, ...evaluation.amountBaselines },
    notes: { ...notes, baseValue: (sum(amounts) / train.length) * notes.yearFactor },
  });
  return {
    model: new ValueModel(described, model.scorer),
    ...evaluation,
    horizonDays,
    yearFactor: notes.yearFactor,
    testedAsOf: testMoment,
    tested: {
      table: testTable,
      labels: tested.map(({ margin }) => (margin > 0 ? 1 : 0)),
      probabilities: predicted.probability,
    },
    counts: { trainRows: train.length, testRows: test.length, sampled: rows.sampled },
  };
}

type ToEvaluate = {
  readonly predicted: { readonly expected: Float64Array; readonly probability: Float64Array };
  readonly tested: readonly Aftermath[];
  readonly trained: readonly Aftermath[];
  readonly classical: BuyTillYouDie | null;
  readonly notes: ValueNotes;
  readonly seed: number;
  /** Days of events before the test, a year at most. */
  readonly daysBefore: number;
};

function evaluate({
  predicted,
  tested,
  trained,
  classical,
  notes,
  seed,
  daysBefore,
}: ToEvaluate): Pick<ValueTraining, 'amounts' | 'amountBaselines' | 'metrics' | 'baselines'> {
  const actual = tested.map(({ margin }) => margin);
  const labels = actual.map((amount) => (amount > 0 ? 1 : 0));
  const mean = trained.reduce((sum, { margin }) => sum + margin, 0) / trained.length;
  const rate = trained.filter(({ margin }) => margin > 0).length / trained.length;
  const measure = (expected: ArrayLike<number>) => evaluateAmounts(expected, actual, seed);
  const spending =
    classical === null
      ? []
      : tested.map(({ summary }) => expectedSpending(classical, summary, notes.horizonDays));
  const ofClassical = (name: 'bgNbd' | 'paretoNbd') =>
    measure(spending.map((expected) => notes.marginShare * expected[name]));
  return {
    amounts: measure(predicted.expected.map((amount) => amount * notes.scale)),
    amountBaselines: {
      mean: measure(actual.map(() => mean)),
      lastYear: measure(tested.map(({ lastYear }) => (lastYear * notes.horizonDays) / daysBefore)),
      ...(classical !== null && { bgNbd: ofClassical('bgNbd'), paretoNbd: ofClassical('paretoNbd') }),
    },
    metrics: evaluateBinary({ labels, probabilities: predicted.probability, seed }),
    baselines: { baseRate: evaluateBinary({ labels, probabilities: labels.map(() => rate), seed }) },
  };
}

function clamp(scale: number): number {
  return Number.isFinite(scale) ? Math.min(SCALE.most, Math.max(SCALE.least, scale)) : 1;
}
