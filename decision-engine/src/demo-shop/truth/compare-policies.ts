import type { OutcomeNote } from '../behaviour/life.js';
import type { BaselinePolicy } from './baselines.js';
import { createInteractiveWorld } from './interactive-world.js';
import type { LabelledWorld } from './offered-world.js';
import { bestAction, type Measure, worthOf } from './oracle.js';

export type PolicyResult = {
  readonly policy: string;
  readonly decisions: number;
  /** Expected worth of what was chosen, in pounds a decision. */
  readonly worth: number;
  /** Of the best that could have been chosen at the very same decisions. */
  readonly percentOfOracle: number;
};

export type Comparison = {
  readonly world: LabelledWorld;
  readonly measure: Measure;
  /** Stops after so many decisions. */
  readonly decisions: number;
};

/** Plays one policy in a world of its own. Its worth is taken from the truth and not from luck, so few runs suffice. */
export function playPolicy(policy: BaselinePolicy, { world, measure, decisions }: Comparison): PolicyResult {
  const shop = createInteractiveWorld(world);
  let made = 0;
  let worth = 0;
  let best = 0;
  for (let step = shop.next(); step !== undefined && made < decisions; step = shop.next()) {
    if (step.kind === 'event') {
      if (step.outcome !== undefined) policy.learn?.(learned(step.outcome));
      continue;
    }
    made += 1;
    const { moment } = step;
    best += bestAction(moment, measure).worth;
    const action = policy.choose(moment);
    if (action === undefined) continue;
    worth += worthOf(moment, action, measure);
    shop.choose(action, 1);
  }
  return {
    policy: policy.name,
    decisions: made,
    worth: made === 0 ? 0 : worth / made,
    percentOfOracle: best === 0 ? 0 : (100 * worth) / best,
  };
}

const learned = ({ offer, outcome }: OutcomeNote) => ({
  action: offer.action,
  channel: offer.channel,
  outcome,
});
