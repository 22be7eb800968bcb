import type { Action } from '../../catalogue/action.js';
import type { Treatment } from '../../catalogue/treatment.js';
import type { Compared, RuleResult, Stage } from '../decision-result.js';
import type { DecisionScope } from '../decision-scope.js';

/** One rule, compiled for one candidate. */
export type CompiledRule = (scope: DecisionScope) => RuleResult;

/** What a rule is compiled for. */
export type RuleTarget = { readonly action: Action; readonly treatment: Treatment };

type Naming = { readonly stage: Stage; readonly rule: string };

export function pass(naming: Naming, detail: string, compared?: Compared): RuleResult {
  return {
    stage: naming.stage,
    rule: naming.rule,
    passed: true,
    effect: undefined,
    until: undefined,
    detail,
    compared,
  };
}

export function drop(naming: Naming, detail: string, compared?: Compared): RuleResult {
  return {
    stage: naming.stage,
    rule: naming.rule,
    passed: false,
    effect: 'drop',
    until: undefined,
    detail,
    compared,
  };
}

type Stop = {
  readonly effect: 'drop' | 'hold';
  readonly until: Date | undefined;
  readonly compared?: Compared;
};

export function stop(naming: Naming, detail: string, how: Stop): RuleResult {
  return {
    stage: naming.stage,
    rule: naming.rule,
    passed: false,
    effect: how.effect,
    until: how.until,
    detail,
    compared: how.compared,
  };
}
