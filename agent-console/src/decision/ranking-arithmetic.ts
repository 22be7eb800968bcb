import type { RankedAction } from '../engine/engine-types';

export type Factor = { name: string; value: number; money: boolean };

/**
 * How the priority of an action came about, priority = P x C x V x L: the factors that are recorded, and what is
 * left, which is context weight and levers together. Rounding in the record does not make a factor of its own.
 */
export function rankingFactors(action: RankedAction): readonly Factor[] {
  const { propensity, value, priority } = action;
  const factors: Factor[] = [];
  if (propensity !== null) factors.push({ name: 'likelihood', value: propensity, money: false });
  factors.push({ name: 'worth', value, money: true });
  const known = (propensity ?? 1) * value;
  if (known === 0) return factors;
  const rest = priority / known;
  if (Math.abs(rest - 1) > 0.005) factors.push({ name: 'context and levers', value: rest, money: false });
  return factors;
}
