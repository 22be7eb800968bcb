import { z } from 'zod';
import type { SegueEvent } from '../events/segue-event.js';
import { basket } from './basket.js';
import { channels } from './channels.js';
import { deliveries } from './deliveries.js';
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

/** Raised when a stored state can no longer be read as it is: profiles are then rebuilt from their events. */
const STATE_VERSION = 3;

const schema = z.object({
  version: z.literal(STATE_VERSION),
  orders: orders.schema,
  gaps: gaps.schema,
  variety: variety.schema,
  returns: returns.schema,
  visits: visits.schema,
  basket: basket.schema,
  interest: interest.schema,
  channels: channels.schema,
  responses: responses.schema,
  support: support.schema,
  deliveries: deliveries.schema,
  satisfaction: satisfaction.schema,
  habits: habits.schema,
  tenure: tenure.schema,
});

/** What all features are computed from, for one customer: plain data of bounded size, fit for JSON and BSON. */
export type FeatureState = z.infer<typeof schema>;

/** The state of a customer without events. */
export function emptyFeatureState(): FeatureState {
  return {
    version: STATE_VERSION,
    orders: orders.empty,
    gaps: gaps.empty,
    variety: variety.empty,
    returns: returns.empty,
    visits: visits.empty,
    basket: basket.empty,
    interest: interest.empty,
    channels: channels.empty,
    responses: responses.empty,
    support: support.empty,
    deliveries: deliveries.empty,
    satisfaction: satisfaction.empty,
    habits: habits.empty,
    tenure: tenure.empty,
  };
}

/** The state after `event`. Pure: the argument stays as it is. The caller counts each messageId once. */
export function updateFeatureState(state: FeatureState, event: SegueEvent): FeatureState {
  return {
    version: STATE_VERSION,
    orders: orders.update(state.orders, event),
    gaps: gaps.update(state.gaps, event),
    variety: variety.update(state.variety, event),
    returns: returns.update(state.returns, event),
    visits: visits.update(state.visits, event),
    basket: basket.update(state.basket, event),
    interest: interest.update(state.interest, event),
    channels: channels.update(state.channels, event),
    responses: responses.update(state.responses, event),
    support: support.update(state.support, event),
    deliveries: deliveries.update(state.deliveries, event),
    satisfaction: satisfaction.update(state.satisfaction, event),
    habits: habits.update(state.habits, event),
    tenure: tenure.update(state.tenure, event),
  };
}

export type ParsedFeatureState =
  | { readonly ok: true; readonly state: FeatureState }
  | { readonly ok: false; readonly reason: string };

/** Reads a stored state. Not ok where it was written by another version or is damaged: rebuild it from the events. */
export function parseFeatureState(stored: unknown): ParsedFeatureState {
  const parsed = schema.safeParse(stored);
  if (parsed.success) {
    return { ok: true, state: parsed.data };
  }
  const issue = parsed.error.issues[0];
  return {
    ok: false,
    reason: `Expected a feature state of version ${STATE_VERSION}, got a problem at "${issue?.path.join('.') ?? ''}": ${issue?.message ?? 'unreadable'}`,
  };
}
