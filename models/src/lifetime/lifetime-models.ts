import { customerRow, featureIn } from '../features/customer-row.js';
import { FEATURE_SET } from '../features/feature-set.js';
import { reasonsFromContributions, type ScoreReason } from '../reasons/reasons-from-contributions.js';
import { checkFeatures } from '../serving/check-features.js';
import { loadSurvivalModel, type SurvivalModel } from '../serving/survival-model.js';
import { loadValueModel, type ValueModel } from '../serving/value-model.js';
import { lognormalMoments } from '../training/lognormal-head.js';
import { LeaveOneOut } from './leave-one-out.js';
import { valueNotesOf } from './value-notes.js';

/** "Gone by when", ready to serve. Holds for customers with at least one order. */
export type LeavingModel = {
  readonly version: string;
  /** Weeks it looks ahead. */
  readonly weeks: number;
  /**
   * Probability that the last order lies within the first week, the first two weeks, and so on: one number per week.
   *
   * @param values the customer's features, in the order of FEATURES
   */
  leftBy(values: Float64Array): Float64Array;
};

/** What a customer earns in the coming year, ready to serve. */
export type CustomerValueModel = {
  readonly version: string;
  /** Mean over a year in the training data, in the shop's currency. */
  readonly baseValue: number;
  /** Margin over revenue where orders don't tell theirs; 1 = counted in revenue. */
  readonly marginShare: number;
  score(values: Float64Array): {
    /** Expected in the coming year. */
    readonly expected: number;
    /** That it is more than nothing within the model's horizon. */
    readonly probability: number;
    /** At most four, strongest first; contributions are to the logarithm. Worked out when first read. */
    readonly reasons: readonly ScoreReason[];
  };
};

/** @throws Error that says what to do where files are missing, damaged, or trained on other feature definitions */
export async function loadLeavingModel(folder: string): Promise<LeavingModel> {
  return leavingModelOf(await loadSurvivalModel(folder));
}

function leavingModelOf(model: SurvivalModel): LeavingModel {
  checkFeatures(model.manifest, FEATURE_SET.hash);
  return {
    version: model.manifest.version,
    weeks: model.periods,
    leftBy: (values) => {
      let staying = 1;
      return model.hazards(customerRow(values)).map((hazard) => {
        staying *= 1 - hazard;
        return 1 - staying;
      });
    },
  };
}

/** @throws Error that says what to do where files are missing, damaged, or trained on other feature definitions */
export async function loadCustomerValueModel(folder: string): Promise<CustomerValueModel> {
  return customerValueModelOf(await loadValueModel(folder));
}

function customerValueModelOf(model: ValueModel): CustomerValueModel {
  checkFeatures(model.manifest, FEATURE_SET.hash);
  const notes = valueNotesOf(model.manifest);
  const explainer = new LeaveOneOut(model.manifest, model.scorer, (outputs) =>
    Math.log(Math.max(1e-9, lognormalMoments(outputs, 0).expected)),
  );
  return {
    version: model.manifest.version,
    baseValue: notes.baseValue,
    marginShare: notes.marginShare,
    score: (values) => {
      const row = customerRow(values);
      const { expected, probability } = model.predict(row);
      let reasons: ScoreReason[] | undefined;
      return {
        expected: (expected[0] ?? 0) * notes.scale * notes.yearFactor,
        probability: probability[0] ?? 0,
        get reasons() {
          reasons ??= reasonsFromContributions(explainer.explain(row).contributions, {
            value: featureIn(values),
            tags: [],
          });
          return reasons;
        },
      };
    },
  };
}
