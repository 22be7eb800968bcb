import type { Moment } from '../behaviour/life.js';
import type { DemoAction } from '../world/actions.js';
import { answerWorth, incrementalWorth } from './action-worth.js';

/** `answers`: P(yes) x (value - cost). `incremental`: against showing nothing. Both in pounds a decision. */
export type Measure = 'answers' | 'incremental';

export function worthOf(moment: Moment, action: DemoAction, measure: Measure): number {
  const candidate = { action, channel: moment.channel };
  return measure === 'answers'
    ? answerWorth(moment.life, candidate, moment.at)
    : incrementalWorth(moment.life, candidate, moment.at);
}

export type Best = { readonly action: DemoAction | undefined; readonly worth: number };

/**
 * The best that can be done at this decision among the allowed actions, or nothing where all would cost: exact for
 * `answers`. It looks at one decision at a time; over time it is the greedy use of the truth and so a stated
 * approximation, as today's contact also tires the customer for tomorrow's.
 */
export function bestAction(
  moment: Moment,
  measure: Measure,
  allowed: readonly DemoAction[] = moment.candidates,
): Best {
  let best: Best = { action: undefined, worth: 0 };
  for (const action of allowed) {
    const worth = worthOf(moment, action, measure);
    if (worth > best.worth) best = { action, worth };
  }
  return best;
}
