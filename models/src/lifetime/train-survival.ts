import { type BinaryMetrics, evaluateBinary } from '../evaluation/evaluate-binary.js';
import type { TestedTable } from '../evaluation/tested-table.js';
import type { CustomerHistory } from '../events/segue-event.js';
import { FEATURE_SET } from '../features/feature-set.js';
import { DAY_MS } from '../features/time-units.js';
import { describeArtifact } from '../registry/describe-artifact.js';
import { SurvivalModel } from '../serving/survival-model.js';
import { selectRows } from '../tables/table.js';
import { fitSurvival } from '../training/fit-survival.js';
import type { TrainProgress } from '../training/train-ensemble.js';
import type { TrainingRecipe } from '../training/train-network.js';
import { concordance } from './concordance.js';
import { gatherLifetimes } from './gather-lifetimes.js';
import { kaplanMeier, leftBy } from './kaplan-meier.js';
import { type LeavingTime, leavingTime } from './leaving-times.js';
import { snapshotsUntil } from './lifetime-snapshots.js';

export type TrainSurvivalOptions = {
  readonly histories: () => AsyncIterable<CustomerHistory>;
  /** First and last event there is. */
  readonly window: { readonly from: Date; readonly to: Date };
  /** Days without an order after which a customer had left with the last one. */
  readonly silenceDays: number;
  readonly seed: number;
  readonly version: string;
  readonly trainedAt: Date;
  readonly budgetSeconds?: number | undefined;
  readonly maxRows?: number | undefined;
  readonly recipe?: Partial<TrainingRecipe> | undefined;
  readonly onProgress?: ((progress: TrainProgress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
};

export type SurvivalTraining = {
  readonly model: SurvivalModel;
  /** Of "left within `testWeeks`", on customers kept out of training of whom it is known. */
  readonly metrics: BinaryMetrics;
  /** Everyone by the Kaplan-Meier curve of training. */
  readonly baselines: Readonly<Record<'kaplanMeier', BinaryMetrics>>;
  readonly testWeeks: number;
  readonly tested: TestedTable;
  /** Share of pairs put in the right order, censored ones used where they tell (Harrell's C); 0.5 is chance. */
  readonly concordance: number;
  /** Share still there per week of the test customers: predicted, and observed (Kaplan-Meier). */
  readonly curve: readonly { readonly week: number; readonly predicted: number; readonly observed: number }[];
  readonly counts: {
    readonly trainRows: number;
    readonly testRows: number;
    /** Share of training rows that were still there when the events ended. */
    readonly censored: number;
    readonly sampled: number;
  };
};

const SURVIVAL_WEEKS = 52;
const TEST_WEEKS = 13;
const SNAPSHOTS = 8;
const MAX_ROWS = 60_000;
const READING = 0.3;
const TEST_SHARE = 0.2;
const RECIPE: Partial<TrainingRecipe> = { hidden: 32, maxEpochs: 40 };

/**
 * Trains "gone by when": the week in which a customer places the last order before a silence, as a hazard per week up to
 * a year; customers whose silence may yet end are used as far as they are known. Tested on customers kept out.
 *
 * @throws Error where there are too few customers, or nobody left
 */
export async function trainSurvival(options: TrainSurvivalOptions): Promise<SurvivalTraining> {
  const { window, silenceDays, seed } = options;
  const last = new Date(window.to.getTime() - silenceDays * DAY_MS);
  const snapshots = snapshotsUntil(last, SNAPSHOTS, window.from);
  const rows = await gatherLifetimes({
    histories: options.histories,
    snapshots,
    horizonDays: silenceDays,
    marginShare: 1,
    seed,
    maxRows: options.maxRows ?? MAX_ROWS,
    signal: options.signal,
    onProgress: ({ done, message }) =>
      options.onProgress?.({ done: READING * done, message: `survival: ${message}` }),
  });
  const known = rows.aftermath.flatMap(({ orders, snapshot, customer }, row) => {
    const moment = snapshots[snapshot] ?? last;
    const knownDays = (rows.window.to.getTime() - moment.getTime()) / DAY_MS;
    const time = leavingTime(orders, { silenceDays, knownDays });
    return time === null ? [] : [{ row, customer, time }];
  });
  const heldOut = ({ customer }: { readonly customer: number }) => customer % 1000 < TEST_SHARE * 1000;
  const train = known.filter((each) => !heldOut(each));
  const test = known.filter(heldOut);
  if (test.length === 0 || !train.some(({ time }) => time.left)) {
    throw new Error(
      `Expected customers who left and customers to test on, got ${train.filter(({ time }) => time.left).length} and ${test.length}. Import a longer history, or take a shorter --horizon.`,
    );
  }
  const model = await fitSurvival({
    table: selectRows(
      rows.table,
      train.map(({ row }) => row),
    ),
    times: Int32Array.from(train, ({ time }) => time.week),
    events: Uint8Array.from(train, ({ time }) => (time.left ? 1 : 0)),
    groups: Float64Array.from(train, ({ customer }) => customer),
    periods: SURVIVAL_WEEKS,
    seed,
    name: 'survival',
    version: options.version,
    trainedAt: options.trainedAt.toISOString(),
    featuresHash: FEATURE_SET.hash,
    dataWindow: { from: rows.window.from.toISOString(), to: rows.window.to.toISOString() },
    budgetSeconds: options.budgetSeconds,
    recipe: { ...RECIPE, ...options.recipe },
    bags: 1,
    signal: options.signal,
    onProgress: ({ done, message }) =>
      options.onProgress?.({ done: READING + (1 - READING) * done, message: `survival: ${message}` }),
  });
  const testTable = selectRows(
    rows.table,
    test.map(({ row }) => row),
  );
  const times = test.map(({ time }) => time);
  const evaluation = evaluate(model, { testTable, times, trained: train.map(({ time }) => time), seed });
  const described = describeArtifact(model.toArtifact(), {
    metrics: evaluation.metrics,
    baselines: evaluation.baselines,
    notes: { silenceDays, concordance: evaluation.concordance },
  });
  return {
    model: new SurvivalModel(described, model.scorer),
    ...evaluation,
    testWeeks: TEST_WEEKS,
    counts: {
      trainRows: train.length,
      testRows: test.length,
      censored: train.filter(({ time }) => !time.left).length / train.length,
      sampled: rows.sampled,
    },
  };
}

type ToEvaluate = {
  readonly testTable: Parameters<SurvivalModel['predict']>[0];
  readonly times: readonly LeavingTime[];
  readonly trained: readonly LeavingTime[];
  readonly seed: number;
};

function evaluate(
  model: SurvivalModel,
  { testTable, times, trained, seed }: ToEvaluate,
): Pick<SurvivalTraining, 'metrics' | 'baselines' | 'concordance' | 'curve' | 'tested'> {
  const within = model.predict(testTable, TEST_WEEKS);
  const everyone = 1 - (kaplanMeier(trained, TEST_WEEKS).at(-1) ?? 1);
  const known = times.flatMap((time, row) => {
    const label = leftBy(time, TEST_WEEKS);
    return label === null ? [] : [{ row, label: label ? 1 : 0 }];
  });
  const labels = known.map(({ label }) => label);
  const measure = (probabilities: readonly number[]) => evaluateBinary({ labels, probabilities, seed });
  const observed = kaplanMeier(times, SURVIVAL_WEEKS);
  const staying = new Float64Array(SURVIVAL_WEEKS);
  const hazards = model.hazards(testTable);
  for (let row = 0; row < testTable.rows; row += 1) {
    let here = 1;
    for (let week = 0; week < SURVIVAL_WEEKS; week += 1) {
      here *= 1 - (hazards[row * SURVIVAL_WEEKS + week] ?? 0);
      staying[week] = (staying[week] ?? 0) + here / testTable.rows;
    }
  }
  const probabilities = known.map(({ row }) => within[row] ?? 0);
  return {
    metrics: measure(probabilities),
    tested: {
      table: selectRows(
        testTable,
        known.map(({ row }) => row),
      ),
      labels,
      probabilities,
    },
    baselines: { kaplanMeier: measure(labels.map(() => everyone)) },
    concordance: concordance(times, within),
    curve: Array.from(staying, (predicted, week) => ({
      week: week + 1,
      predicted,
      observed: observed[week] ?? Number.NaN,
    })),
  };
}
