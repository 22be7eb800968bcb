import { featureValues } from '@segue/models';
import type { ChurnView } from '../api/shapes/reason.js';
import { objectsToProfiling } from '../customers/objects-to-profiling.js';
import type { Profile } from '../customers/profile.js';
import type { ChurnScorer } from './scorers.js';

/**
 * Where a probability stands against the base rate: `likely` from halfway between base rate and certainty,
 * `unlikely` below half the base rate.
 */
export function churnBand(probability: number, baseRate: number): ChurnView['band'] {
  if (probability >= baseRate + (1 - baseRate) / 2) return 'likely';
  return probability < baseRate / 2 ? 'unlikely' : 'watch';
}

/**
 * The churn score as people see it. Null without a model, for a customer who never ordered (the model was trained on
 * buyers), and for one who objects to profiling.
 * @param values `featureValues(profile.features, now)`, where the caller has it already
 */
export function churnView(
  scorer: ChurnScorer | null,
  profile: Pick<Profile, 'features' | 'totals' | 'consent'>,
  { now, values }: { readonly now: Date; readonly values?: Float64Array },
): ChurnView | null {
  if (scorer === null || profile.totals.orders === 0 || objectsToProfiling(profile)) return null;
  const { probability, reasons } = scorer.score(values ?? featureValues(profile.features, now));
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
