import type { Reason } from '../api/shapes/reason.js';
import { objectsToProfiling } from '../customers/objects-to-profiling.js';
import type { Profile } from '../customers/profile.js';
import type { ScoreReason } from './scorers.js';

/** Whether models of buyers speak of a customer at all: not of one who never ordered, nor of one who objects to profiling. */
export function isScored(profile: Pick<Profile, 'totals' | 'consent'>): boolean {
  return profile.totals.orders > 0 && !objectsToProfiling(profile);
}

/** A model's reason as people see it. */
export function shownReason({ text, feature, value, contribution }: ScoreReason): Reason {
  return { text, source: feature, value, contribution };
}
