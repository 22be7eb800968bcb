import { parseArgs } from 'node:util';
import { SHOP_ACTIONS } from '../demo-shop/world/actions.js';
import { STUDY_POLICIES, type StudyPolicyName } from './study-policy.js';

export const POLICY_STUDY_HELP = `Plays policies in the demo shop, whose truth is known, and says what share of the best possible each earns.

  npm run policy-study -- [options]

Each shop begins with a past in which everything is offered at random; then the decisions count. Worth is taken from
the true probabilities and not from luck. The last line on standard output is JSON.

Options
  --seeds N          shops, each another (3); 10 give intervals worth quoting, and take hours
  --first-seed N     the first shop's number (1), so that several processes can share the shops
  --decisions N      decisions that count in each shop (20000)
  --past N           random decisions before them (8000)
  --history DAYS     watches customers so long before the first offer, as a shop that imports its events has (0)
  --recovery N       turns all tastes at once and looks at so many decisions after it (0 = no shift)
  --policies A,B     of: ${STUDY_POLICIES.join(', ')} (all)
  --new-action A,B   plays no policies: trains without the action, and says how near its estimate is after 300 outcomes
  --budget SECONDS   for one training (120)
  --out FILE         keeps each finished run as a line of JSON; runs already there are not repeated
  --help             this text

Example
  npm run policy-study -- --seeds 10 --decisions 200000 --recovery 20000 --out study.ndjson
`;

export type PolicyStudyArguments = {
  readonly seeds: number;
  readonly firstSeed: number;
  readonly decisions: number;
  readonly past: number;
  readonly historyDays: number;
  readonly recovery: number;
  readonly policies: readonly StudyPolicyName[];
  /** Where there are any, these are studied as new actions, and no policies. */
  readonly newActions: readonly string[];
  readonly budgetSeconds: number;
  readonly out: string | undefined;
};

export type ReadPolicyStudyArguments =
  | { readonly kind: 'run'; readonly args: PolicyStudyArguments }
  | { readonly kind: 'help' }
  | { readonly kind: 'usage'; readonly message: string };

class Misuse extends Error {}

function parse(argv: readonly string[]) {
  return parseArgs({
    args: [...argv],
    options: {
      seeds: { type: 'string', default: '3' },
      'first-seed': { type: 'string', default: '1' },
      decisions: { type: 'string', default: '20000' },
      past: { type: 'string', default: '8000' },
      history: { type: 'string', default: '0' },
      recovery: { type: 'string', default: '0' },
      'new-action': { type: 'string', default: '' },
      policies: { type: 'string', default: STUDY_POLICIES.join(',') },
      budget: { type: 'string', default: '120' },
      out: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  }).values;
}

function whole(name: string, text: string, least: number): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < least) {
    throw new Misuse(`Expected "--${name}" to be a whole number of at least ${least}, got "${text}"`);
  }
  return value;
}

function policiesIn(text: string): StudyPolicyName[] {
  return text.split(',').map((part) => {
    const known = STUDY_POLICIES.find((name) => name === part.trim());
    if (known === undefined) {
      throw new Misuse(`Expected "--policies" to be among ${STUDY_POLICIES.join(', ')}, got "${part}"`);
    }
    return known;
  });
}

function newActionsIn(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => {
      if (SHOP_ACTIONS.some(({ id }) => id === part)) return part;
      throw new Misuse(
        `Expected "--new-action" to be among ${SHOP_ACTIONS.map(({ id }) => id).join(', ')}, got "${part}"`,
      );
    });
}

export function readPolicyStudyArguments(argv: readonly string[]): ReadPolicyStudyArguments {
  try {
    const values = parse(argv);
    if (values.help) return { kind: 'help' };
    return {
      kind: 'run',
      args: {
        seeds: whole('seeds', values.seeds, 1),
        firstSeed: whole('first-seed', values['first-seed'], 1),
        decisions: whole('decisions', values.decisions, 100),
        past: whole('past', values.past, 100),
        historyDays: whole('history', values.history, 0),
        recovery: whole('recovery', values.recovery, 0),
        policies: policiesIn(values.policies),
        newActions: newActionsIn(values['new-action']),
        budgetSeconds: whole('budget', values.budget, 5),
        out: values.out,
      },
    };
  } catch (error) {
    if (error instanceof Misuse || error instanceof TypeError)
      return { kind: 'usage', message: error.message };
    throw error;
  }
}
