import type { z } from 'zod';
import type { SegueEvent } from '../events/segue-event.js';

export type FeatureUnit =
  | 'days'
  | 'hours'
  | 'minutes'
  | 'count'
  | 'currency'
  | 'ratio'
  | 'share'
  | 'score'
  | 'flag';

export type FeatureSpec<View> = {
  /** Column name: lower case, digits and underscores. */
  readonly name: string;
  readonly unit: FeatureUnit;
  readonly description: string;
  /** NaN means missing. */
  readonly value: (view: View) => number;
};

/**
 * A family of features over one bounded state. Training and serving share this one definition.
 *
 * `update` is pure and, unless its file says otherwise, gives the same state in whatever order events arrive.
 * To keep that exact, states hold integers (counts, hundredths of the currency, milliseconds, day numbers): float
 * sums would depend on the order. `view` is what all features of the family need at a moment, computed once.
 */
export type FeatureFamily<State, View> = {
  readonly name: string;
  /** Raised when the meaning of any value changes; part of the feature set's hash. */
  readonly version: number;
  readonly schema: z.ZodType<State>;
  readonly empty: State;
  readonly update: (state: State, event: SegueEvent) => State;
  /** @param now milliseconds since 1970; the state holds no event later than that. */
  readonly view: (state: State, now: number) => View;
  readonly features: readonly FeatureSpec<View>[];
};
