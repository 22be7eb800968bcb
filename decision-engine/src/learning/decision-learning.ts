import type { OfferView } from '@segue/models';

/** What a decision keeps for learning from its outcomes. */
export type DecisionLearning = {
  /** The propensity model that scored the offers. */
  readonly modelVersion: string;
  /** The actions that were chosen. */
  readonly offers: readonly OfferView[];
  /** When to look for outcomes that were not heard, and from when on silence is a no; gone after the last look. */
  readonly settlesAt?: Date;
  /** The end of the model's window: a yes counts until then, also after silence was taken for a no. */
  readonly closesAt: Date;
};

/** Scores of challengers for the same decision: logged, never used. */
export type ShadowScores = {
  readonly churn?: { readonly version: string; readonly probability: number };
  readonly propensity?: {
    readonly version: string;
    readonly actions: readonly { readonly actionId: string; readonly probability: number }[];
  };
};
