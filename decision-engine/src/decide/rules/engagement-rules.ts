import type { NamedCondition } from '../../catalogue/action.js';
import {
  type ComparedValues,
  type CompileTarget,
  compileCondition,
} from '../../conditions/compile-condition.js';
import { type CompiledRule, drop, pass, type RuleTarget } from './rule.js';

type EngagementStage = 'eligibility' | 'applicability' | 'suitability';

/** A named condition as a rule; unknown counts as not met. */
export function conditionRule(
  { name, when, stage }: NamedCondition & { readonly stage: EngagementStage },
  { action, treatment }: RuleTarget,
  target: CompileTarget,
): CompiledRule {
  const condition = compileCondition(when, target);
  const naming = { stage, rule: name };
  const promotional = action.class === 'promotional';
  return (scope) => {
    const facts = scope.facts(treatment.channel, promotional);
    const compared: ComparedValues = {};
    condition.collect(facts, compared);
    const holds = condition.test(facts) === 'true';
    return holds
      ? pass(naming, condition.explain(facts), compared)
      : drop(naming, condition.explain(facts), compared);
  };
}
