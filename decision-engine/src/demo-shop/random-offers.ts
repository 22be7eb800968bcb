import type { Choice, Moment } from './behaviour/life.js';
import type { Chooser } from './merge-lives.js';

/**
 * The shop's logging policy: one of what may be offered or nothing at all, each equally likely, so that the
 * probability of every offer is known.
 */
export const offerAtRandom: Chooser = (moment: Moment): Choice | undefined => {
  const { candidates, life } = moment;
  const propensity = 1 / (candidates.length + 1);
  const action = candidates[life.answers.below(candidates.length + 1)];
  return action === undefined ? undefined : { action, propensity };
};
