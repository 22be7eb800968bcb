import { FEATURES } from '@segue/models';
import type { Action } from '../catalogue/action.js';
import type { Catalogue } from '../catalogue/catalogue.js';
import { compileDecider } from '../decide/compile-decider.js';
import type { DecideInput } from '../decide/decide-input.js';
import type { DecisionResult } from '../decide/decision-result.js';
import type { VersionedPolicies } from '../policy/policies.js';

/** The catalogue and the policies in force, compiled. */
export type DecidingRules = {
  readonly catalogue: Catalogue;
  action(actionId: string): Action | undefined;
  decide(input: DecideInput): DecisionResult;
};

/** Compiles a catalogue and policies. @throws with every problem and its path, when they can't be used */
export function compileRules(catalogue: Catalogue, policies: VersionedPolicies): DecidingRules {
  const byId = new Map<string, Action>(catalogue.actions.map((action) => [action.actionId, action]));
  const compiled = compileDecider(catalogue, policies, { features: FEATURES.map(({ name }) => name) });
  if (!compiled.ok)
    throw new Error(`The catalogue or the policies can't be used:\n  ${compiled.problems.join('\n  ')}`);
  return {
    catalogue,
    action: (actionId) => byId.get(actionId),
    decide: (input) => compiled.decider.decide(input),
  };
}
