import { createDraws } from '../chance/draws.js';
import {
  bestFixedPolicy,
  greedyPolicy,
  oraclePolicy,
  type PolicyResult,
  playPolicy,
  randomPolicy,
  rulesPolicy,
} from '../truth/index.js';
import type { DemoShopArguments } from './demo-shop-arguments.js';

const DAY = 86_400_000;

/** Plays the oracle and the baselines, each in the same shop from its first day. */
export function* comparePolicies(args: DemoShopArguments): Generator<PolicyResult> {
  const { seed, customers, decisions, end, days } = args;
  const world = { seed, customers, start: new Date(end.getTime() - days * DAY), end };
  const policies = [
    oraclePolicy('answers'),
    rulesPolicy,
    bestFixedPolicy(createDraws(seed, 1), Math.ceil(decisions / 10)),
    greedyPolicy(),
    randomPolicy(createDraws(seed, 2)),
  ];
  for (const policy of policies) yield playPolicy(policy, { world, measure: 'answers', decisions });
}

export function compareRow({ policy, decisions, worth, percentOfOracle }: PolicyResult): string {
  return `${policy.padEnd(12)}${String(decisions).padStart(10)}${worth.toFixed(2).padStart(12)}${percentOfOracle.toFixed(1).padStart(12)}\n`;
}

export const COMPARE_HEAD = 'policy       decisions  £/decision   % of best\n';
