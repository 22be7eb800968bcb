/**
 * What comes of an action reaches the customer's history as `track` events under these names, so that features,
 * training and serving see outcomes exactly as they see behaviour.
 * Properties of each: {@link OutcomeEventProperties}.
 */
export const OUTCOME_EVENT_NAMES = {
  shown: 'Action Shown',
  clicked: 'Action Clicked',
  accepted: 'Action Accepted',
  rejected: 'Action Rejected',
  postponed: 'Action Postponed',
  converted: 'Action Converted',
  ignored: 'Action Ignored',
} as const;

export type Outcome = keyof typeof OUTCOME_EVENT_NAMES;

export type OutcomeEventProperties = {
  readonly decision_id: string;
  readonly action_id: string;
  readonly group_id: string;
  readonly treatment_id: string;
  /** Channel the action was shown on: `agent`, `email`, `web` … */
  readonly channel: string;
  /** Money the outcome brought, in the shop's currency; absent where there is none. */
  readonly value?: number;
};
