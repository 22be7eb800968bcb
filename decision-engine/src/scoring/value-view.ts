import { featureValues } from '@segue/models';
import type { ValueView } from '../api/shapes/reason.js';
import type { Profile } from '../customers/profile.js';
import type { ProfileScore } from '../decide/decision-profile.js';
import type { ValueScorer } from './scorers.js';
import { isScored, shownReason } from './shown-scores.js';

/**
 * What a customer is worth, as people see it. Null without a model, for a customer who never ordered, and for one who
 * objects to profiling.
 * @param values `featureValues(profile.features, now)`, where the caller has it already
 */
export function valueView(
  scorer: ValueScorer | null,
  profile: Pick<Profile, 'features' | 'totals' | 'consent'>,
  { now, values }: { readonly now: Date; readonly values?: Float64Array },
): ValueView | null {
  if (scorer === null || !isScored(profile)) return null;
  const { expected, reasons } = scorer.score(values ?? featureValues(profile.features, now));
  return {
    expected,
    usual: scorer.baseValue,
    reasons: reasons.map(shownReason),
    modelVersion: scorer.version,
  };
}

/** The value as decisions take it. */
export function valueScoreOf(view: ValueView | null): ProfileScore | null {
  if (view === null) return null;
  const { expected, reasons, modelVersion } = view;
  return { value: expected, reasons: reasons.map(({ text }) => text), modelVersion };
}
