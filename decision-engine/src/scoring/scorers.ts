import type { FeatureState, OfferView } from '@segue/models';

/** A plain-words reason of a model, with the number behind it. */
export type ScoreReason = {
  readonly text: string;
  readonly feature: string;
  readonly value: number | null;
  readonly contribution: number;
};

/** The churn model in force. */
export type ChurnScorer = {
  readonly version: string;
  readonly horizonDays: number;
  /** Share of leavers in the population it was trained on, 0 to 1. */
  readonly baseRate: number;
  /** @param values the customer's features, in the order of FEATURES */
  score(values: Float64Array): { readonly probability: number; readonly reasons: readonly ScoreReason[] };
};

export type PropensityCandidate = {
  readonly actionId: string;
  readonly groupId: string;
  readonly channel: string;
  readonly treatmentId: string;
  readonly tags: readonly string[];
};

/** The propensity model in force. */
export type PropensityScorer = {
  readonly version: string;
  /** Days in which a yes counts. */
  readonly windowDays: number;
  /** Days after which silence on a channel is as good as a no. */
  answerDays(channel: string): number;
  /** Whether it has learned from outcomes of this action; others start from their starting propensity. */
  knows(actionId: string): boolean;
  score(request: {
    readonly state: FeatureState;
    /** `featureValues(state, now)` */
    readonly values: Float64Array;
    readonly now: Date;
    readonly timeZone?: string | undefined;
    readonly candidates: readonly PropensityCandidate[];
  }): readonly {
    readonly probability: number;
    readonly standardError: number;
    readonly reasons: readonly ScoreReason[];
    /** What learning from the offer's outcome needs; kept with the decision. */
    readonly offer: OfferView;
  }[];
};

/** The "gone by when" model in force. */
export type LeavingScorer = {
  readonly version: string;
  /** Probability of having placed the last order within each week, from the first on. */
  leftBy(values: Float64Array): Float64Array;
};

/** The value model in force. */
export type ValueScorer = {
  readonly version: string;
  /** Mean over a year in its training data. */
  readonly baseValue: number;
  score(values: Float64Array): {
    /** Expected in the coming year, in the shop's currency. */
    readonly expected: number;
    readonly probability: number;
    readonly reasons: readonly ScoreReason[];
  };
};

/** What scores customers right now; null where no model has been trained yet. */
export type Scorers = {
  readonly churn: ChurnScorer | null;
  readonly propensity: PropensityScorer | null;
  readonly leaving: LeavingScorer | null;
  readonly value: ValueScorer | null;
  /** Challengers whose scores are logged with decisions and never used. */
  readonly shadow: { readonly churn: ChurnScorer | null; readonly propensity: PropensityScorer | null };
};

export const NO_SCORERS: Scorers = {
  churn: null,
  propensity: null,
  leaving: null,
  value: null,
  shadow: { churn: null, propensity: null },
};
