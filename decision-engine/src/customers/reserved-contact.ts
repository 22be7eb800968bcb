import type { ActionClass } from '../catalogue/action.js';

/** Room that a decision took against the customer's limits for what it chose, until that is shown or falls through. */
export type ReservedContact = {
  readonly decisionId: string;
  readonly actionId: string;
  readonly treatmentId: string;
  readonly groupId: string;
  readonly issueId: string;
  readonly class: ActionClass;
  readonly channel: string;
  readonly tags: readonly string[];
  readonly at: Date;
  /** Not shown by then, it no longer counts. */
  readonly until: Date;
};
