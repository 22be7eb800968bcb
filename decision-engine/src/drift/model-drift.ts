import { readFile } from 'node:fs/promises';
import path from 'node:path';
import {
  type CalibrationInTime,
  createTable,
  type Drift,
  FEATURES,
  featureValues,
  loadChurnModel,
  loadCustomerValueModel,
  loadLeavingModel,
  measureDrift,
  parseDriftReference,
  type Table,
  wilsonInterval,
} from '@segue/models';
import type { CustomerDocument } from '../customers/customer-document.js';
import { profileOf } from '../customers/stored-profile.js';
import { learningCollections } from '../learning/lesson-documents.js';
import { type ModelName, modelFolder, readChampion } from '../scoring/champions.js';
import type { Store } from '../store/store.js';

export type ModelDrift =
  | { readonly model: ModelName; readonly known: false; readonly why: string }
  | {
      readonly model: ModelName;
      readonly known: true;
      readonly version: string;
      readonly measuredAt: string;
      readonly drift: Drift;
    };

export type ModelDriftOptions = {
  readonly store: Store;
  readonly modelsFolder: string;
  readonly model: ModelName;
  readonly now: Date;
};

/** The file beside a model that drift is measured from. */
export const DRIFT_REFERENCE = 'drift-reference.json';

/** Enough for an index that is sure to a few thousandths. */
const MOST_CUSTOMERS = 5000;
const LEAST_CUSTOMERS = 50;
const SCORED_AT_ONCE = 20;
const WEEK_MS = 7 * 86_400_000;

/** Measures how far customers and predictions have moved since the model in force was tested. */
export async function modelDrift(options: ModelDriftOptions): Promise<ModelDrift> {
  const { store, modelsFolder, model, now } = options;
  const version = await readChampion(modelsFolder, model);
  if (version === null) return { model, known: false, why: 'no version is in force' };
  const folder = modelFolder(modelsFolder, model, version);
  const text = await readFile(path.join(folder, DRIFT_REFERENCE), 'utf8').catch(() => null);
  if (text === null) {
    return {
      model,
      known: false,
      why: `version ${version} keeps no reference to measure from; train it again`,
    };
  }
  const reference = parseDriftReference(JSON.parse(text));
  const current =
    model === 'propensity'
      ? await recentOffers(store, version)
      : await currentCustomers(options, await scoring(model, folder));
  if (current.table.rows < LEAST_CUSTOMERS) {
    const what = model === 'propensity' ? 'offers with an outcome' : 'customers who ordered';
    return { model, known: false, why: `only ${current.table.rows} ${what}; ${LEAST_CUSTOMERS} are needed` };
  }
  const drift = measureDrift(reference, current, current.calibration);
  return { model, known: true, version, measuredAt: now.toISOString(), drift };
}

type Score = (values: Float64Array) => number;
type Current = {
  readonly table: Table;
  readonly scores: readonly number[];
  readonly calibration: readonly CalibrationInTime[];
};

async function scoring(model: Exclude<ModelName, 'propensity'>, folder: string): Promise<Score> {
  switch (model) {
    case 'churn': {
      const churn = await loadChurnModel(folder);
      return (values) => churn.score(values).probability;
    }
    case 'survival': {
      const leaving = await loadLeavingModel(folder);
      return (values) => leaving.leftBy(values)[12] ?? 0;
    }
    case 'value': {
      const value = await loadCustomerValueModel(folder);
      return (values) => value.score(values).probability;
    }
  }
}

async function currentCustomers({ store, now }: ModelDriftOptions, score: Score): Promise<Current> {
  const rows: Float64Array[] = [];
  const scores: number[] = [];
  const cursor = store.customers
    .find({ mergedInto: null, 'totals.orders': { $gt: 0 } })
    .limit(MOST_CUSTOMERS)
    .lean<CustomerDocument[]>()
    .cursor({ batchSize: 200 });
  for await (const document of cursor) {
    const values = featureValues(profileOf(document).features, now);
    rows.push(values);
    scores.push(score(values));
    // Measured beside decisions, which must not wait for it.
    if (rows.length % SCORED_AT_ONCE === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  const table = createTable(
    FEATURES.map(({ name }, index) => ({
      kind: 'numeric',
      name,
      values: Float64Array.from(rows, (values) => values[index] ?? Number.NaN),
    })),
  );
  return { table, scores, calibration: [] };
}

/** Offers whose outcome is known: what was predicted, and what came, week by week. */
async function recentOffers(store: Store, version: string): Promise<Current> {
  const lessons = await learningCollections(store.connection)
    .lessons.find({ modelVersion: version })
    .sort({ at: -1 })
    .limit(MOST_CUSTOMERS)
    .lean();
  const predicted = lessons.map(({ offer }) => 1 / (1 + Math.exp(-offer.logit)));
  const weeks = new Map<number, { n: number; yes: number; sum: number }>();
  lessons.forEach(({ at, yes }, index) => {
    const week = Math.floor(at.getTime() / WEEK_MS);
    const known = weeks.get(week) ?? { n: 0, yes: 0, sum: 0 };
    const sum = known.sum + (predicted[index] ?? 0);
    weeks.set(week, { n: known.n + 1, yes: known.yes + (yes ? 1 : 0), sum });
  });
  return {
    table: createTable([{ kind: 'numeric', name: 'offers', values: Float64Array.from(predicted) }]),
    scores: predicted,
    calibration: [...weeks]
      .sort(([a], [b]) => a - b)
      .map(([week, { n, yes, sum }]) => ({
        from: new Date(week * WEEK_MS).toISOString().slice(0, 10),
        n,
        predicted: sum / n,
        observed: yes / n,
        ...wilsonInterval(yes, n),
      })),
  };
}
