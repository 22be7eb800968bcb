import { featureValues, loadChurnModel, loadCustomerValueModel, loadLeavingModel } from '@segue/models';
import type { CustomerDocument } from '../customers/customer-document.js';
import { objectsToProfiling } from '../customers/objects-to-profiling.js';
import { profileOf } from '../customers/stored-profile.js';
import type { Store } from '../store/store.js';

export const SCORED_MODELS = ['churn', 'survival', 'value'] as const;
export type ScoredModel = (typeof SCORED_MODELS)[number];

/** Customers by id, both ends included. */
export type IdRange = { readonly from: string; readonly to: string };

export type RangeScorer = {
  /** Names of the columns after `customer_id`. */
  readonly columns: readonly string[];
  score(values: Float64Array): readonly number[];
};

/** Who is scored: known customers who ordered; the models were trained on these. */
export const SCORED = { mergedInto: null, 'totals.orders': { $gt: 0 } } as const;

/** @throws Error where the model can't be loaded */
export async function loadRangeScorer(model: ScoredModel, folder: string): Promise<RangeScorer> {
  switch (model) {
    case 'churn': {
      const churn = await loadChurnModel(folder);
      return { columns: ['churn_probability'], score: (values) => [churn.score(values).probability] };
    }
    case 'survival': {
      const leaving = await loadLeavingModel(folder);
      const weeks = [4, 13, 26, 52];
      return {
        columns: weeks.map((week) => `gone_within_${week}_weeks`),
        score: (values) => {
          const leftBy = leaving.leftBy(values);
          return weeks.map((week) => leftBy[week - 1] ?? Number.NaN);
        },
      };
    }
    case 'value': {
      const value = await loadCustomerValueModel(folder);
      return {
        columns: ['expected_year_value', 'spends_probability'],
        score: (values) => {
          const { expected, probability } = value.score(values);
          return [expected, probability];
        },
      };
    }
  }
}

/** Scores the customers of a range, as lines of CSV. Who objects to profiling is left out. */
export async function scoreRange(
  store: Pick<Store, 'customers'>,
  scorer: RangeScorer,
  { range, now }: { readonly range: IdRange; readonly now: Date },
): Promise<{ readonly lines: string; readonly rows: number }> {
  const documents = await store.customers
    .find({ ...SCORED, _id: { $gte: range.from, $lte: range.to } })
    .sort({ _id: 1 })
    .lean<CustomerDocument[]>();
  const lines = documents.flatMap((document) => {
    const profile = profileOf(document);
    if (objectsToProfiling(profile)) return [];
    const scores = scorer.score(featureValues(profile.features, now));
    return [`${[document._id, ...scores.map((score) => Number(score.toPrecision(6)))].join(',')}\n`];
  });
  return { lines: lines.join(''), rows: lines.length };
}
