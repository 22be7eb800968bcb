import { type CompiledRule, drop, pass, type RuleTarget } from './rule.js';

const HOLD_OUT = { stage: 'experiment', rule: 'global hold-out' } as const;
const WITHHELD = { stage: 'experiment', rule: 'control group' } as const;

const NOT_HELD_OUT = pass(HOLD_OUT, 'not in the global hold-out');
const HELD_OUT = drop(HOLD_OUT, 'in the global hold-out: no promotional action');
const GIVEN = pass(WITHHELD, 'not withheld by an experiment');

/** Customers in a control group don't get what is being measured. */
export function experimentRules({ action }: RuleTarget): CompiledRule[] {
  const withheldRule: CompiledRule = (scope) => {
    const experiment = scope.held.withheld.get(action.actionId);
    return experiment === undefined
      ? GIVEN
      : drop(WITHHELD, `in the control group of experiment ${experiment}`);
  };
  if (action.class !== 'promotional') return [withheldRule];
  return [(scope) => (scope.held.globalHoldOut ? HELD_OUT : NOT_HELD_OUT), withheldRule];
}
