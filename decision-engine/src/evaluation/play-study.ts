import { z } from 'zod';
import { bestAction, createInteractiveWorld, type LabelledWorld, worthOf } from '../demo-shop/truth/index.js';
import {
  STUDY_POLICIES,
  type StudyPolicyName,
  type StudyPolicyOptions,
  studyPolicy,
} from './study-policy.js';

export type Study = {
  readonly world: LabelledWorld;
  readonly policy: StudyPolicyName;
  readonly options: StudyPolicyOptions;
  /** Days at the beginning in which nothing is offered, but customers are watched: what a shop imports. */
  readonly historyDays: number;
  /** Decisions counted after the past, all before the tastes shift where they do. */
  readonly decisions: number;
  /** How many decisions after the past, or after the shift, a training takes place. */
  readonly trainings: { readonly after: readonly number[]; readonly afterShift: readonly number[] };
  /** Decisions looked at after the shift. */
  readonly recovery: number;
  readonly onProgress: (done: { readonly decisions: number; readonly percent: number }) => void;
};

/** Worth as a share of the best that could have been chosen at the very same decisions, by the truth and not by luck. */
export const studyRunSchema = z.object({
  policy: z.enum(STUDY_POLICIES),
  seed: z.number(),
  decisions: z.number(),
  /** Expected pounds a decision. */
  worth: z.number(),
  percentOfOracle: z.number(),
  /** The same in each {@link WINDOW} of decisions. */
  windows: z.array(z.number()),
  afterShift: z.object({ decisions: z.number(), windows: z.array(z.number()) }).nullable(),
});
export type StudyRun = z.infer<typeof studyRunSchema>;

const DAY = 86_400_000;
const WINDOW = 5_000;
/** After the shift it is looked at more closely. */
export const SHIFT_WINDOW = 2_000;

/** Percent of the best, in all and by window. */
class Tally {
  decisions = 0;
  worth = 0;
  private best = 0;
  private inWindow = { worth: 0, best: 0 };
  readonly windows: number[] = [];

  constructor(private readonly size: number) {}

  add(worth: number, best: number): void {
    this.decisions += 1;
    this.worth += worth;
    this.best += best;
    this.inWindow.worth += worth;
    this.inWindow.best += best;
    if (this.decisions % this.size > 0) return;
    this.windows.push(percent(this.inWindow.worth, this.inWindow.best));
    this.inWindow = { worth: 0, best: 0 };
  }

  percent(): number {
    return percent(this.worth, this.best);
  }
}

const percent = (worth: number, best: number): number => (best === 0 ? 0 : (100 * worth) / best);

/**
 * Plays a policy through a shop: where asked for, days without offers, then a past in which everything is offered at random, the decisions that count, and, where
 * tastes turn at a stroke, those after it.
 */
export async function playStudy(study: Study): Promise<StudyRun> {
  const { world, options, trainings } = study;
  const shop = createInteractiveWorld(world);
  const policy = studyPolicy(study.policy, options);
  const shift = world.tasteShifts?.[0]?.getTime() ?? Number.POSITIVE_INFINITY;
  const from = world.start.getTime() + study.historyDays * DAY;
  const counted = new Tally(WINDOW);
  const shifted = new Tally(SHIFT_WINDOW);
  let made = 0;
  for (let step = shop.next(); step !== undefined; step = shop.next()) {
    if (step.kind === 'event') {
      policy.hear(step.customer, step.event, step.outcome);
      continue;
    }
    const { moment, customer } = step;
    if (moment.at < from || moment.candidates.length === 0) continue;
    const afterShift = moment.at >= shift;
    if (afterShift && shifted.decisions >= study.recovery) break;
    const due = afterShift
      ? trainings.afterShift.includes(shifted.decisions)
      : trainings.after.includes(made - options.past);
    if (due) await policy.train(moment.at);
    const choice = policy.choose(customer, moment);
    if (choice !== undefined) shop.choose(choice.action, choice.propensity);
    made += 1;
    if (made <= options.past) continue;
    const tally = afterShift ? shifted : counted;
    if (tally === counted && counted.decisions >= study.decisions) continue;
    tally.add(
      choice === undefined ? 0 : worthOf(moment, choice.action, 'answers'),
      bestAction(moment, 'answers').worth,
    );
    if (made % 1_000 === 0) study.onProgress({ decisions: made, percent: counted.percent() });
    if (counted.decisions >= study.decisions && shift === Number.POSITIVE_INFINITY) break;
  }
  if (counted.decisions < study.decisions) {
    throw new Error(`Expected a shop with ${study.decisions} decisions to count, got ${counted.decisions}`);
  }
  return {
    policy: study.policy,
    seed: world.seed,
    decisions: counted.decisions,
    worth: counted.worth / counted.decisions,
    percentOfOracle: counted.percent(),
    windows: counted.windows,
    afterShift: shifted.decisions === 0 ? null : { decisions: shifted.decisions, windows: shifted.windows },
  };
}
