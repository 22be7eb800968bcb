import { createHash } from 'node:crypto';
import { basket } from './basket.js';
import { channels } from './channels.js';
import { deliveries } from './deliveries.js';
import type { FeatureFamily, FeatureUnit } from './feature-family.js';
import type { FeatureState } from './feature-state.js';
import { gaps } from './gaps.js';
import { habits } from './habits.js';
import { interest } from './interest.js';
import { orders } from './orders.js';
import { responses } from './responses.js';
import { returns } from './returns.js';
import { satisfaction } from './satisfaction.js';
import { support } from './support.js';
import { tenure } from './tenure.js';
import { variety } from './variety.js';
import { visits } from './visits.js';

export type Feature = {
  readonly name: string;
  readonly unit: FeatureUnit;
  readonly description: string;
  readonly family: string;
};

type Column = Feature & { readonly familyVersion: number };
type Block = {
  readonly columns: readonly Column[];
  readonly values: (state: FeatureState, now: number) => number[];
};

/** The columns of one family, and how to fill them from its part of the state. */
function block<State, View>(family: FeatureFamily<State, View>, part: (state: FeatureState) => State): Block {
  return {
    columns: family.features.map(({ name, unit, description }) => ({
      name,
      unit,
      description,
      family: family.name,
      familyVersion: family.version,
    })),
    values: (state, now) => {
      const view = family.view(part(state), now);
      return family.features.map((feature) => feature.value(view));
    },
  };
}

const BLOCKS: readonly Block[] = [
  block(orders, (state) => state.orders),
  block(gaps, (state) => state.gaps),
  block(variety, (state) => state.variety),
  block(returns, (state) => state.returns),
  block(visits, (state) => state.visits),
  block(basket, (state) => state.basket),
  block(interest, (state) => state.interest),
  block(channels, (state) => state.channels),
  block(responses, (state) => state.responses),
  block(support, (state) => state.support),
  block(deliveries, (state) => state.deliveries),
  block(satisfaction, (state) => state.satisfaction),
  block(habits, (state) => state.habits),
  block(tenure, (state) => state.tenure),
];

const COLUMNS: readonly Column[] = BLOCKS.flatMap(({ columns }) => columns);

/** Every feature, in the order of {@link featureValues}. */
export const FEATURES: readonly Feature[] = COLUMNS.map(({ name, unit, description, family }) => ({
  name,
  unit,
  description,
  family,
}));

/** Names the definitions a model was trained with. A model with another hash must not score these values. */
export const FEATURE_SET: { readonly version: number; readonly hash: string } = {
  version: 1,
  hash: createHash('sha256')
    .update(
      JSON.stringify(
        COLUMNS.map(({ name, unit, family, familyVersion }) => [name, unit, family, familyVersion]),
      ),
    )
    .digest('hex'),
};

/**
 * The values of all features at `now`, in the order of {@link FEATURES}; NaN where a value is missing.
 * The state must hold only events up to `now`.
 */
export function featureValues(state: FeatureState, now: Date): Float64Array {
  const out = new Float64Array(FEATURES.length);
  let offset = 0;
  for (const { columns, values } of BLOCKS) {
    out.set(values(state, now.getTime()), offset);
    offset += columns.length;
  }
  return out;
}

/** The same values by name; null where a value is missing. */
export function featureRecord(state: FeatureState, now: Date): Record<string, number | null> {
  const values = featureValues(state, now);
  return Object.fromEntries(
    FEATURES.map(({ name }, index) => {
      const value = values[index] ?? Number.NaN;
      return [name, Number.isNaN(value) ? null : value];
    }),
  );
}
