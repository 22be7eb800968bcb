import { z } from 'zod';
import type { SegueEvent } from '../events/segue-event.js';
import type { FeatureFamily } from './feature-family.js';
import { isShopActivity } from './shop-activity.js';
import { DAY_MS, daysSince, MINUTE_MS } from './time-units.js';

/** A pause of this length ends a visit. */
const PAUSE_MS = 30 * MINUTE_MS;
const KEPT_VISITS = 64;

const visitSchema = z.object({ start: z.number(), end: z.number(), events: z.int() });
const schema = z.object({
  /** The latest visits, oldest first, more than a pause apart. */
  visits: z.array(visitSchema),
  /** Visits that are no longer kept one by one. */
  older: z.int(),
});
export type VisitsState = z.infer<typeof schema>;
type Visit = z.infer<typeof visitSchema>;

export type VisitsView = {
  readonly visits: readonly Visit[];
  readonly older: number;
  readonly now: number;
  readonly current: Visit | undefined;
};

/**
 * Visits within a pause of the event become one with it, so a late event can join two visits. The order of arrival
 * leaves a trace only where an event is older than the latest 64 visits: it then counts as a visit of its own.
 */
function update(state: VisitsState, event: SegueEvent): VisitsState {
  if (!isShopActivity(event)) {
    return state;
  }
  const time = event.timestamp.getTime();
  let visit: Visit = { start: time, end: time, events: 1 };
  const before: Visit[] = [];
  const after: Visit[] = [];
  for (const known of state.visits) {
    if (known.end + PAUSE_MS < time) {
      before.push(known);
    } else if (known.start - PAUSE_MS > time) {
      after.push(known);
    } else {
      visit = {
        start: Math.min(visit.start, known.start),
        end: Math.max(visit.end, known.end),
        events: visit.events + known.events,
      };
    }
  }
  const visits = [...before, visit, ...after];
  const surplus = Math.max(0, visits.length - KEPT_VISITS);
  return { visits: visits.slice(surplus), older: state.older + surplus };
}

function view(state: VisitsState, now: number): VisitsView {
  const last = state.visits.at(-1);
  return {
    visits: state.visits,
    older: state.older,
    now,
    current: last !== undefined && now - last.end <= PAUSE_MS ? last : undefined,
  };
}

function within(v: VisitsView, days: number): number {
  return v.visits.filter((visit) => visit.start >= v.now - days * DAY_MS).length;
}

function mean(v: VisitsView, amount: (visit: Visit) => number): number {
  return v.visits.length === 0
    ? Number.NaN
    : v.visits.reduce((sum, visit) => sum + amount(visit), 0) / v.visits.length;
}

/** Visits to the shop: activity without a pause of 30 minutes. Windows count at most the latest 64 visits. */
export const visits: FeatureFamily<VisitsState, VisitsView> = {
  name: 'visits',
  version: 1,
  schema,
  empty: { visits: [], older: 0 },
  update,
  view,
  features: [
    ...[1, 7, 30, 90].map((days) => ({
      name: `visits_${days}d`,
      unit: 'count' as const,
      description: days === 1 ? 'Visits in the last 24 hours' : `Visits in the last ${days} days`,
      value: (v: VisitsView) => within(v, days),
    })),
    {
      name: 'visits_total',
      unit: 'count',
      description: 'Visits so far',
      value: (v) => v.visits.length + v.older,
    },
    {
      name: 'days_since_visit',
      unit: 'days',
      description: 'Days since the last visit',
      value: (v) => daysSince(v.visits.at(-1)?.end ?? null, v.now),
    },
    {
      name: 'visit_events_mean',
      unit: 'count',
      description: 'Steps per visit',
      value: (v) => mean(v, (visit) => visit.events),
    },
    {
      name: 'visit_minutes_mean',
      unit: 'minutes',
      description: 'Minutes per visit',
      value: (v) => mean(v, (visit) => (visit.end - visit.start) / MINUTE_MS),
    },
    {
      name: 'visit_now_events',
      unit: 'count',
      description: 'Steps in the visit under way',
      value: (v) => v.current?.events ?? 0,
    },
    {
      name: 'visit_now_minutes',
      unit: 'minutes',
      description: 'Length of the visit under way',
      value: (v) => (v.current === undefined ? 0 : (v.current.end - v.current.start) / MINUTE_MS),
    },
  ],
};
