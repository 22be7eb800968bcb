import { valueText } from '../conditions/compare.js';
import type { CompiledFormula } from '../conditions/compile-formula.js';
import type { Facts } from '../conditions/facts.js';
import type { PropensityScore } from '../decide/decide-input.js';
import type { Priority } from '../decide/decision-result.js';
import type { Contender } from '../exploration/choice-probabilities.js';
import type { CompiledWorth } from './compile-priority.js';
import type { Factors } from './ranking.js';

export type CompiledRanking = {
  readonly factors: Factors;
  readonly formula: CompiledFormula | undefined;
  readonly minimumPropensity: number;
  readonly minimumPriority: number;
};

export type Prioritised = { readonly priority: Priority; readonly shape: Contender['shape'] };

/** Works out P x C x V x L - contact cost, or the ranking formula, for one candidate. */
export function prioritise(
  candidate: { readonly worth: CompiledWorth; readonly contactCost: number; readonly score: PropensityScore },
  ranking: CompiledRanking,
  facts: Facts,
): Prioritised {
  const { factors } = ranking;
  const { worth, score, contactCost } = candidate;
  const contextWeight = worth.contextWeight(facts);
  const parts = {
    propensity: factors.propensity ? score.probability : 1,
    standardError: factors.propensity ? (score.standardError ?? 0) : 0,
    contextWeight: factors.context ? contextWeight.factor : 1,
    value: factors.value ? worth.value(facts) : 1,
    levers: factors.levers ? worth.levers.factor : 1,
    contactCost: factors.value ? contactCost : 0,
    weights: [...(factors.context ? contextWeight.names : []), ...(factors.levers ? worth.levers.names : [])],
    reasons: score.reasons,
  };
  const { formula } = ranking;
  if (formula !== undefined) {
    const priorityOf = (propensity: number): number =>
      formula({
        ...facts,
        variables: {
          propensity,
          context: parts.contextWeight,
          value: parts.value,
          levers: parts.levers,
          contactCost: parts.contactCost,
        },
      }) ?? 0;
    const priority = priorityOf(parts.propensity);
    return {
      priority: { ...parts, priority, arithmetic: `formula = ${valueText(priority)}` },
      shape: { kind: 'formula', priorityOf },
    };
  }
  const scale = parts.contextWeight * parts.value * parts.levers;
  const priority = scale * parts.propensity - parts.contactCost;
  return {
    priority: { ...parts, priority, arithmetic: arithmeticOf({ ...parts, priority }) },
    shape: { kind: 'linear', scale, offset: parts.contactCost },
  };
}

function arithmeticOf(parts: Omit<Priority, 'arithmetic'>): string {
  const product = [parts.propensity, parts.contextWeight, parts.value, parts.levers]
    .map(valueText)
    .join(' x ');
  const cost = parts.contactCost === 0 ? '' : ` - ${valueText(parts.contactCost)}`;
  return `${product}${cost} = ${valueText(parts.priority)}`;
}
