import { createDraws } from '../demo-shop/chance/draws.js';
import {
  createInteractiveWorld,
  type LabelledWorld,
  randomPolicy,
  worthOf,
} from '../demo-shop/truth/index.js';
import { Learner } from './learner.js';

export type NewActionStudy = {
  readonly world: LabelledWorld;
  /** The action that nobody was offered before the training. */
  readonly actionId: string;
  readonly seed: number;
  /** Random offers of all other actions, before the training. */
  readonly past: number;
  /** Outcomes of the new action that are learned from before its estimate is held against the truth. */
  readonly outcomes: number;
  /** Offers over which it is. */
  readonly compared: number;
  readonly budgetSeconds: number;
};

export type NewActionResult = {
  /** Mean over the offers compared. */
  readonly truth: number;
  /** Mean over the same offers, by the model as it stood at each. */
  readonly estimate: number;
  readonly compared: number;
  /** Over the offers of its first day, before much was known: where the new action starts. */
  readonly start: { readonly truth: number; readonly estimate: number; readonly offers: number };
};

const DAY_MS = 86_400_000;

/**
 * How near the estimate of an action that the model was trained without comes to the truth, once so many of its outcomes
 * are known. After the training the new action is offered wherever it fits, and the others at random.
 *
 * @throws Error where the world ends before
 */
export async function playNewAction(study: NewActionStudy): Promise<NewActionResult> {
  const shop = createInteractiveWorld(study.world);
  const others = randomPolicy(createDraws(study.seed, 2));
  const learner = new Learner({
    seed: study.seed,
    budgetSeconds: study.budgetSeconds,
    maxRows: 20_000,
    exploration: { strategy: 'greedy' },
  });
  const offered: { readonly at: number; readonly truth: number; readonly estimate: number }[] = [];
  let past = 0;
  let begins = Number.POSITIVE_INFINITY;
  for (let step = shop.next(); step !== undefined; step = shop.next()) {
    if (step.kind === 'event') {
      learner.hear(step.customer, step.event, step.outcome);
      continue;
    }
    const { moment, customer } = step;
    const action = moment.candidates.find(({ id }) => id === study.actionId);
    if (past === study.past) await learner.train(moment.at);
    if (past < study.past || action === undefined) {
      const candidates = moment.candidates.filter(({ id }) => id !== study.actionId);
      const choice = others.choose({ ...moment, candidates });
      past += 1;
      if (choice === undefined) continue;
      learner.offer(customer, moment, choice);
      shop.choose(choice, 1 / candidates.length);
      continue;
    }
    past += 1;
    const truth = worthOf(moment, action, 'answers') / (action.value - action.cost);
    const estimate = learner.offer(customer, moment, action) ?? Number.NaN;
    shop.choose(action, 1);
    offered.push({ at: moment.at, truth, estimate });
    if (begins === Number.POSITIVE_INFINITY && learner.outcomesOf(action.id) >= study.outcomes) {
      begins = offered.length;
    }
    if (offered.length === begins + study.compared) break;
  }
  const compared = offered.slice(begins);
  if (compared.length < study.compared) {
    throw new Error(
      `Expected ${study.compared} offers of "${study.actionId}" after ${study.outcomes} known outcomes, got ${compared.length} of ${offered.length}: take a larger shop`,
    );
  }
  const first = offered[0];
  const start = offered.filter(({ at }) => first !== undefined && at <= first.at + DAY_MS);
  return {
    ...meansOf(compared),
    compared: compared.length,
    start: { ...meansOf(start), offers: start.length },
  };
}

function meansOf(offers: readonly { readonly truth: number; readonly estimate: number }[]) {
  const mean = (of: 'truth' | 'estimate') =>
    offers.reduce((sum, offer) => sum + offer[of], 0) / offers.length;
  return { truth: mean('truth'), estimate: mean('estimate') };
}
