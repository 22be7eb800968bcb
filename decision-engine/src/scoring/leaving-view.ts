import type { ChurnView } from '../api/shapes/reason.js';
import type { LeavingScorer } from './scorers.js';

/** Weeks that people think in: a month, a quarter, half a year, a year. */
const WEEKS = [4, 13, 26, 52] as const;

export type LeavingView = NonNullable<ChurnView['byWhen']>;

/** "Gone by when", as people see it. @param values the customer's features */
export function leavingView(scorer: LeavingScorer, values: Float64Array): LeavingView {
  const leftBy = scorer.leftBy(values);
  const week = leftBy.findIndex((probability) => probability >= 0.5);
  return {
    byWeek: WEEKS.map((weeks) => ({ weeks, probability: leftBy[weeks - 1] ?? leftBy.at(-1) ?? 0 })),
    likelyWeek: week < 0 ? null : week + 1,
    modelVersion: scorer.version,
  };
}
