import type { Moment, OutcomeNote } from '../demo-shop/behaviour/life.js';
import { createDraws } from '../demo-shop/chance/draws.js';
import type { DemoEvent } from '../demo-shop/demo-event.js';
import { type BaselinePolicy, bestFixedPolicy, randomPolicy, rulesPolicy } from '../demo-shop/truth/index.js';
import type { DemoAction } from '../demo-shop/world/actions.js';
import { Learner } from './learner.js';

export const STUDY_POLICIES = ['learned', 'greedy', 'best fixed', 'rules', 'random'] as const;
export type StudyPolicyName = (typeof STUDY_POLICIES)[number];

/** A policy as the study plays it. It sees events, candidates and outcomes; the truth is not handed to it. */
export type StudyPolicy = {
  readonly choose: (
    customer: number,
    moment: Moment,
  ) => { readonly action: DemoAction; readonly propensity: number } | undefined;
  readonly hear: (customer: number, event: DemoEvent, outcome: OutcomeNote | undefined) => void;
  /** Trains on the log; where there is nothing to train it does nothing. */
  readonly train: (now: number) => Promise<void>;
};

export type StudyPolicyOptions = {
  readonly seed: number;
  /** Decisions made at random before anything is counted. */
  readonly past: number;
  readonly budgetSeconds: number;
  readonly maxRows: number;
};

/**
 * `learned`: models trained on the log, learning from each outcome, Thompson sampling. `greedy`: the same without
 * exploration. `best fixed`: per channel the action that earned most in the past. `rules`: what a careful marketer
 * would write down. `random`: any that fits.
 */
export function studyPolicy(name: StudyPolicyName, options: StudyPolicyOptions): StudyPolicy {
  switch (name) {
    case 'learned':
      return learner(new Learner({ ...options, exploration: { strategy: 'thompson', rate: 1 } }));
    case 'greedy':
      return learner(new Learner({ ...options, exploration: { strategy: 'greedy' } }));
    case 'best fixed':
      return baseline(bestFixedPolicy(createDraws(options.seed, 1), options.past));
    case 'rules':
      return baseline(rulesPolicy);
    case 'random':
      return baseline(randomPolicy(createDraws(options.seed, 2)));
  }
}

function learner(learns: Learner): StudyPolicy {
  return {
    choose: (customer, moment) => learns.choose(customer, moment),
    hear: (customer, event, outcome) => learns.hear(customer, event, outcome),
    train: (now) => learns.train(now),
  };
}

function baseline(policy: BaselinePolicy): StudyPolicy {
  return {
    choose: (_customer, moment) => {
      const action = policy.choose(moment);
      return action === undefined ? undefined : { action, propensity: 1 };
    },
    hear: (_customer, _event, outcome) => {
      if (outcome !== undefined)
        policy.learn?.({
          action: outcome.offer.action,
          channel: outcome.offer.channel,
          outcome: outcome.outcome,
        });
    },
    train: async () => undefined,
  };
}
