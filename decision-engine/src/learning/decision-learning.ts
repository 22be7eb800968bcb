import type { OfferView } from '@segue/models';

/** What a decision keeps for learning from its outcomes. */
export type DecisionLearning = {
  /** The propensity model that scored the offers. */
  readonly modelVersion: string;
  /** The actions that were chosen. */
  readonly offers: readonly OfferView[];
  /** Silence is a no from then on; gone once that is settled. */
  readonly settlesAt?: Date;
};

/** Scores of challengers for the same decision: logged, never used. */
export type ShadowScores = {
  readonly churn?: { readonly version: string; readonly probability: number };
  readonly propensity?: {
    readonly version: string;
    readonly actions: readonly { readonly actionId: string; readonly probability: number }[];
  };
};
