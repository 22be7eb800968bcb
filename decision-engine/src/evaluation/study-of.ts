import type { LabelledWorld } from '../demo-shop/truth/index.js';
import type { Study } from './play-study.js';
import type { PolicyStudyArguments } from './policy-study-arguments.js';
import type { StudyPolicyName } from './study-policy.js';

const DAY = 86_400_000;
const START = Date.UTC(2025, 0, 1);
/** Days until as many decisions were made as {@link CUSTOMERS_PER_DECISION} is reckoned for. */
const DAYS = 400;
const AFTER_SHIFT_DAYS = 120;
/**
 * A shop of 12,000 customers comes to about 185,000 decisions in 400 days; a third more for seeds that are slow, of which
 * small shops have more, and for policies that customers leave.
 */
const CUSTOMERS_PER_DECISION = 1.33 * (12_000 / 185_000);

/** How many decisions after the past a training takes place; ever rarer, as each has more to learn from. */
const TRAININGS = [0, 3_000, 8_000, 16_000, 30_000, 60_000, 100_000, 150_000];
/** And after a shift, as a drift alarm would have it. */
const TRAININGS_AFTER_SHIFT = [2_000, 5_000, 10_000, 15_000];
const MAX_ROWS = 150_000;

/** The shop and the schedule for one policy and seed: big enough for the decisions asked for. */
export function studyOf(
  args: PolicyStudyArguments,
  { policy, seed }: { readonly policy: StudyPolicyName; readonly seed: number },
): Omit<Study, 'onProgress'> {
  const customers = Math.ceil(CUSTOMERS_PER_DECISION * (args.past + args.decisions));
  const shifts = args.recovery > 0;
  const shift = START + (args.historyDays + DAYS) * DAY;
  const world: LabelledWorld = {
    seed,
    customers,
    start: new Date(START),
    end: new Date(shifts ? shift + AFTER_SHIFT_DAYS * DAY : shift),
    ...(shifts ? { tasteShifts: [new Date(shift)] } : {}),
  };
  return {
    world,
    policy,
    options: { seed, past: args.past, budgetSeconds: args.budgetSeconds, maxRows: MAX_ROWS },
    historyDays: args.historyDays,
    decisions: args.decisions,
    trainings: { after: TRAININGS, afterShift: TRAININGS_AFTER_SHIFT },
    recovery: args.recovery,
  };
}
