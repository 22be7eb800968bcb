import type { Action, ContextWeight, Lever } from '../catalogue/action.js';
import {
  type CompiledCondition,
  type CompileTarget,
  compileCondition,
} from '../conditions/compile-condition.js';
import { type CompiledFormula, compileFormula } from '../conditions/compile-formula.js';
import type { Facts } from '../conditions/facts.js';

/** The parts of priority that depend on the action and the customer but not on the model of propensity. */
export type CompiledWorth = {
  /** V: value less cost, at least 0. */
  readonly value: (facts: Facts) => number;
  /** C, at least 0. */
  readonly contextWeight: (facts: Facts) => WeightSum;
  /** L, at least 0. Levers are fixed, so it is a number. */
  readonly levers: WeightSum;
};

export type WeightSum = { readonly factor: number; readonly names: readonly string[] };

const NO_WEIGHT: WeightSum = { factor: 1, names: [] };

function signed(percent: number): string {
  return percent < 0 ? `${percent} %` : `+${percent} %`;
}

function sumLevers(levers: readonly Lever[]): WeightSum {
  if (levers.length === 0) return NO_WEIGHT;
  const sum = levers.reduce((total, lever) => total + lever.percent, 0);
  return {
    factor: Math.max(0, 1 + sum / 100),
    names: levers.map((lever) => `${lever.name} ${signed(lever.percent)}`),
  };
}

type CompiledWeight = { readonly when: CompiledCondition; readonly percent: number; readonly name: string };

function sumWeights(weights: readonly CompiledWeight[]): (facts: Facts) => WeightSum {
  if (weights.length === 0) return () => NO_WEIGHT;
  return (facts) => {
    const holding = weights.filter((weight) => weight.when.test(facts) === 'true');
    if (holding.length === 0) return NO_WEIGHT;
    const sum = holding.reduce((total, weight) => total + weight.percent, 0);
    return {
      factor: Math.max(0, 1 + sum / 100),
      names: holding.map((weight) => `${weight.name} ${signed(weight.percent)}`),
    };
  };
}

function compileGross(action: Action, target: CompileTarget): CompiledFormula {
  const { value } = action;
  switch (value.type) {
    case 'fixed':
      return () => value.amount;
    case 'formula': {
      const formula = compileFormula(value.formula, {
        ...target,
        path: [...target.path, 'value', 'formula'],
      });
      return (facts) => formula(facts) ?? value.fallback;
    }
    case 'model':
      return (facts) => {
        const score = facts.profile.noProfiling ? undefined : facts.profile.scores.value?.value;
        return score === undefined ? value.fallback : score * value.share;
      };
  }
}

/** `weights` and `levers`: the action's own together with those of the policies that select it. */
export function compileWorth(
  action: Action,
  parts: {
    readonly levers: readonly Lever[];
    readonly weights: readonly (ContextWeight & { readonly at: readonly (string | number)[] })[];
  },
  target: CompileTarget,
): CompiledWorth {
  const gross = compileGross(action, target);
  const weights = parts.weights.map((weight) => ({
    name: weight.name,
    percent: weight.percent,
    when: compileCondition(weight.when, { ...target, path: [...weight.at, 'when'] }),
  }));
  return {
    value: (facts) => Math.max(0, (gross(facts) ?? 0) - action.cost),
    contextWeight: sumWeights(weights),
    levers: sumLevers(parts.levers),
  };
}
