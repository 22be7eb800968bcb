import type { ContactEntry } from '../decide/decision-profile.js';

/** Room that a decision took against the customer's limits for what it chose, until that is shown or falls through. */
export type ReservedContact = Omit<ContactEntry, 'outcome' | 'value' | 'until' | 'tags'> & {
  readonly tags: readonly string[];
  /** Not shown by then, it no longer counts. */
  readonly until: Date;
};
