import { OUTCOME_EVENT_NAMES } from '@segue/models';
import { OWN_EVENTS } from '../customers/own-events.js';
import { GLOBAL_HOLD_OUT } from '../engine/log-exposures.js';
import type { Policies } from '../policy/policies.js';
import type { Store } from '../store/store.js';
import type { Window } from './read-window.js';

/** Whose events count; absent = everybody's. Several together: customers that are in all of them. */
export type CohortFilter = {
  /** Who is in this segment now. */
  readonly segment?: string | undefined;
  /** Who entered this journey in the window. */
  readonly journey?: string | undefined;
  /** Who was shown this action in the window; only what came of it counts as an outcome. */
  readonly action?: string | undefined;
  /** Who was shown anything over this channel in the window; only what came of that counts as an outcome. */
  readonly channel?: string | undefined;
};

/** Customers whose events count; null = everybody's. */
export type Cohort = ReadonlySet<string> | null;

const MOST_MS = 20_000;

export async function readCohort(store: Store, filter: CohortFilter, window: Window): Promise<Cohort> {
  const { segment, journey, action, channel } = filter;
  let cohort: Cohort = null;
  if (segment !== undefined) cohort = both(cohort, await inSegment(store, segment));
  if (journey !== undefined) cohort = both(cohort, await inJourney(store, journey, window));
  if (action !== undefined || channel !== undefined)
    cohort = both(cohort, await shownTo(store, { action, channel }, window));
  return cohort;
}

/** Who is in both of them. */
export function both(a: Cohort, b: Cohort): Cohort {
  if (a === null || b === null) return a ?? b;
  return new Set([...a].filter((customerId) => b.has(customerId)));
}

async function inSegment(store: Store, segmentId: string): Promise<Set<string>> {
  const rows = await store.customers
    .find({ segments: segmentId, mergedInto: null }, { _id: 1 })
    .maxTimeMS(MOST_MS)
    .lean<{ _id: string }[]>();
  return new Set(rows.map(({ _id }) => _id));
}

async function inJourney(store: Store, journeyId: string, { from, to }: Window): Promise<Set<string>> {
  const rows = await store.journeyRuns
    .find(
      { journeyId, status: { $in: ['active', 'ended', 'failed'] }, startedAt: { $gte: from, $lt: to } },
      { customerId: 1 },
    )
    .maxTimeMS(MOST_MS)
    .lean<{ customerId: string }[]>();
  return new Set(rows.map(({ customerId }) => customerId));
}

async function shownTo(
  store: Store,
  { action, channel }: Pick<CohortFilter, 'action' | 'channel'>,
  { from, to }: Window,
): Promise<Set<string>> {
  const rows = await store.events
    .aggregate<{ _id: string }>([
      {
        $match: {
          name: OUTCOME_EVENT_NAMES.shown,
          timestamp: { $gte: from, $lt: to },
          ...(action === undefined ? {} : { 'properties.action_id': action }),
          ...(channel === undefined ? {} : { 'properties.channel': channel }),
        },
      },
      { $group: { _id: '$customerId' } },
    ])
    .option({ maxTimeMS: MOST_MS });
  return new Set(rows.map(({ _id }) => _id));
}

export type HoldOutGroups = { readonly treated: ReadonlySet<string>; readonly heldOut: ReadonlySet<string> };

/**
 * Customers decided for before `until` under the hold-out of the policies, by the side they are on; who was seen on both
 * is left out. Null where the policies hold nobody out.
 */
export async function readHoldOut(
  store: Store,
  { globalHoldOut }: Pick<Policies, 'globalHoldOut'>,
  until: Date,
): Promise<HoldOutGroups | null> {
  if (globalHoldOut === undefined || globalHoldOut.share === 0) return null;
  const rows = await store.events
    .aggregate<{ _id: string; sides: unknown[] }>([
      {
        $match: {
          name: OWN_EVENTS.experimentViewed,
          timestamp: { $lt: until },
          'properties.experiment_id': `${GLOBAL_HOLD_OUT}:${globalHoldOut.salt}`,
        },
      },
      { $group: { _id: '$customerId', sides: { $addToSet: '$properties.variation_id' } } },
    ])
    .option({ maxTimeMS: MOST_MS });
  const onSide = (side: string) =>
    new Set(rows.flatMap(({ _id, sides }) => (sides.length === 1 && sides[0] === side ? [_id] : [])));
  return { treated: onSide('treated'), heldOut: onSide('held-out') };
}
