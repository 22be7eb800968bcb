import { OUTCOME_EVENT_NAMES, type Outcome } from '@segue/models';

/** Which outcome an event of this name reports. */
export const OUTCOME_BY_EVENT_NAME: ReadonlyMap<string, Outcome> = new Map(
  (Object.keys(OUTCOME_EVENT_NAMES) as Outcome[]).map((outcome) => [OUTCOME_EVENT_NAMES[outcome], outcome]),
);
