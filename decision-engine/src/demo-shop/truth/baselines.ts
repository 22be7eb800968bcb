import type { DemoOutcome, Moment } from '../behaviour/life.js';
import type { Draws } from '../chance/draws.js';
import type { DemoAction } from '../world/actions.js';
import { bestAction, type Measure } from './oracle.js';

/** A way to choose that a learned policy is held against. It may look at the action, the moment and what came of it. */
export type BaselinePolicy = {
  readonly name: string;
  readonly choose: (moment: Moment) => DemoAction | undefined;
  /** Hears of each offer once its time to be answered is over. */
  readonly learn?: (offer: Learned) => void;
};

export type Learned = {
  readonly action: DemoAction;
  readonly channel: string;
  readonly outcome: DemoOutcome;
};

const net = (action: DemoAction): number => Math.max(0, action.value - action.cost);

function top(moment: Moment, score: (action: DemoAction) => number): DemoAction | undefined {
  let best: DemoAction | undefined;
  for (const action of moment.candidates)
    if (best === undefined || score(action) > score(best)) best = action;
  return best;
}

export const oraclePolicy = (measure: Measure): BaselinePolicy => ({
  name: 'oracle',
  choose: (moment) => bestAction(moment, measure).action,
});

export const randomPolicy = (draws: Draws): BaselinePolicy => ({
  name: 'random',
  choose: (moment) => moment.candidates[draws.below(moment.candidates.length)],
});

/** Counts answers by action and channel; a yes is worth the action's value less its cost. */
function createTally() {
  const counts = new Map<string, { shown: number; yes: number }>();
  const entry = (action: DemoAction, channel: string) => {
    const key = `${action.id} ${channel}`;
    const known = counts.get(key) ?? { shown: 0, yes: 0 };
    counts.set(key, known);
    return known;
  };
  return {
    learn: ({ action, channel, outcome }: Learned) => {
      const count = entry(action, channel);
      if (outcome === 'shown') count.shown += 1;
      if (outcome === 'accepted') count.yes += 1;
    },
    /** Mean worth so far, starting from one yes in ten with the weight of ten offers. */
    mean: (action: DemoAction, channel: string) => {
      const { shown, yes } = entry(action, channel);
      return (net(action) * (yes + 1)) / (shown + 10);
    },
  };
}

/** Always the one that earned most on average so far, whoever the customer is; never tries another. */
export function greedyPolicy(): BaselinePolicy {
  const tally = createTally();
  return {
    name: 'greedy',
    choose: (moment) => top(moment, (action) => tally.mean(action, moment.channel)),
    learn: tally.learn,
  };
}

/**
 * The best fixed order of actions per channel: learned from random offers for `trial` decisions and then kept.
 */
export function bestFixedPolicy(draws: Draws, trial: number): BaselinePolicy {
  const tally = createTally();
  let decisions = 0;
  return {
    name: 'best fixed',
    choose: (moment) => {
      decisions += 1;
      return decisions <= trial
        ? moment.candidates[draws.below(moment.candidates.length)]
        : top(moment, (action) => tally.mean(action, moment.channel));
    },
    learn: (offer) => {
      if (decisions <= trial) tally.learn(offer);
    },
  };
}

/** What a careful marketer would write down: help first, then the open basket, then what they last looked at. */
export const rulesPolicy: BaselinePolicy = {
  name: 'rules',
  choose: (moment) => top(moment, (action) => ruleRank(moment, action)),
};

function ruleRank(moment: Moment, action: DemoAction): number {
  const { life } = moment;
  if (action.class === 'transactional') return 100 + net(action);
  switch (action.group) {
    case 'basket':
      return 80 + (action.discount > 0 && life.waits > 0.3 ? 2 : action.cost);
    case 'win-back':
      return 60 + action.discount;
    case 'category-offers':
      return 40 + (action.tags.some((tag) => tag === life.lastLookedAt) ? 10 : 0);
    case 'membership':
      return life.orders >= 3 ? 45 : 5;
    default:
      return 10;
  }
}
