import { featureValues } from '@segue/models';
import type { ChurnView } from '../api/shapes/reason.js';
import type { Profile } from '../customers/profile.js';
import { leavingView } from './leaving-view.js';
import type { Scorers } from './scorers.js';
import { isScored, shownReason } from './shown-scores.js';

/** A fifth less than usual is no noise of the model any more. */
const CLEARLY_BELOW = 0.8;

/**
 * Where a probability stands against the base rate: `likely` from halfway between base rate and certainty,
 * `unlikely` clearly below the base rate.
 */
export function churnBand(probability: number, baseRate: number): ChurnView['band'] {
  if (probability >= baseRate + (1 - baseRate) / 2) return 'likely';
  return probability < baseRate * CLEARLY_BELOW ? 'unlikely' : 'watch';
}

/**
 * The churn score as people see it. Null without a model, for a customer who never ordered (the model was trained on
 * buyers), and for one who objects to profiling.
 * @param values `featureValues(profile.features, now)`, where the caller has it already
 */
export function churnView(
  { churn: scorer, leaving }: Pick<Scorers, 'churn' | 'leaving'>,
  profile: Pick<Profile, 'features' | 'totals' | 'consent'>,
  { now, values }: { readonly now: Date; readonly values?: Float64Array },
): ChurnView | null {
  if (scorer === null || !isScored(profile)) return null;
  const known = values ?? featureValues(profile.features, now);
  const { probability, reasons } = scorer.score(known);
  return {
    probability,
    horizonDays: scorer.horizonDays,
    band: churnBand(probability, scorer.baseRate),
    baseRate: scorer.baseRate,
    reasons: reasons.map(shownReason),
    modelVersion: scorer.version,
    ...(leaving === null ? {} : { byWhen: leavingView(leaving, known) }),
  };
}
