import type { ChurnView } from '../api/shapes/reason.js';
import type { ChurnScorer } from './scorers.js';

/**
 * Where a probability stands against the base rate: `likely` from halfway between base rate and certainty,
 * `unlikely` below half the base rate.
 */
export function churnBand(probability: number, baseRate: number): ChurnView['band'] {
  if (probability >= baseRate + (1 - baseRate) / 2) return 'likely';
  return probability < baseRate / 2 ? 'unlikely' : 'watch';
}

/** The churn score as people see it. A customer who never ordered has none: the model was trained on buyers. */
export function churnView(
  scorer: ChurnScorer | null,
  values: Float64Array,
  orders: number,
): ChurnView | null {
  if (scorer === null || orders === 0) return null;
  const { probability, reasons } = scorer.score(values);
  return {
    probability,
    horizonDays: scorer.horizonDays,
    band: churnBand(probability, scorer.baseRate),
    baseRate: scorer.baseRate,
    reasons: reasons.map(({ text, feature, value, contribution }) => ({
      text,
      source: feature,
      value,
      contribution,
    })),
    modelVersion: scorer.version,
  };
}
