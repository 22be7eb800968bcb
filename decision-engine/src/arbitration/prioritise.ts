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

type ToPrioritise = {
  readonly worth: CompiledWorth;
  readonly contactCost: number;
  readonly score: PropensityScore;
};

const NONE: readonly string[] = [];

/** Works out P x C x V x L - contact cost, or the ranking formula, for one candidate. */
export function prioritise(candidate: ToPrioritise, ranking: CompiledRanking, facts: Facts): Prioritised {
  const { factors } = ranking;
  const { worth, score } = candidate;
  const context = worth.contextWeight(facts);
  const propensity = factors.propensity ? score.probability : 1;
  const contextWeight = factors.context ? context.factor : 1;
  const value = factors.value ? worth.value(facts) : 1;
  const levers = factors.levers ? worth.levers.factor : 1;
  const contactCost = factors.value ? candidate.contactCost : 0;
  const scale = contextWeight * value * levers;
  const priorityOf =
    ranking.formula === undefined
      ? undefined
      : formulaPriority(ranking.formula, facts, { context: contextWeight, value, levers, contactCost });
  const priority = priorityOf === undefined ? scale * propensity - contactCost : priorityOf(propensity);
  return {
    priority: {
      propensity,
      standardError: factors.propensity ? (score.standardError ?? 0) : 0,
      contextWeight,
      value,
      levers,
      contactCost,
      priority,
      byFormula: priorityOf !== undefined,
      weights: weightNames(
        factors.context ? context.names : NONE,
        factors.levers ? worth.levers.names : NONE,
      ),
    },
    shape:
      priorityOf === undefined
        ? { kind: 'linear', scale, offset: contactCost }
        : { kind: 'formula', priorityOf },
  };
}

/** A formula that comes out unknown counts as 0. The variables are written in place: it runs hundreds of times a decision. */
function formulaPriority(
  formula: CompiledFormula,
  facts: Facts,
  fixed: Readonly<Record<string, number>>,
): (propensity: number) => number {
  const variables: Record<string, number> = { ...fixed, propensity: 0 };
  const withVariables: Facts = { ...facts, variables };
  return (propensity) => {
    variables['propensity'] = propensity;
    return formula(withVariables) ?? 0;
  };
}

function weightNames(context: readonly string[], levers: readonly string[]): readonly string[] {
  if (context.length === 0) return levers;
  return levers.length === 0 ? context : [...context, ...levers];
}
