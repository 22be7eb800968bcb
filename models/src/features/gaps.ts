import { z } from 'zod';
import type { SegueEvent } from '../events/segue-event.js';
import type { FeatureFamily } from './feature-family.js';
import { isOrder } from './order-facts.js';
import { dayOf, earlierOf } from './time-units.js';

/** Days with an order that the gaps are measured between: the latest ones. */
const KEPT_DAYS = 33;

const schema = z.object({
  /** UTC days with an order, ascending, each once. */
  days: z.array(z.int()),
  first: z.int().nullable(),
});
export type GapsState = z.infer<typeof schema>;

export type GapsView = {
  /** Days between consecutive days with an order, oldest first. */
  readonly gaps: readonly number[];
  readonly mean: number;
  readonly spread: number;
  readonly sinceLast: number;
  readonly activeShare: number;
};

function update(state: GapsState, event: SegueEvent): GapsState {
  if (!isOrder(event)) {
    return state;
  }
  const day = dayOf(event.timestamp.getTime());
  const first = earlierOf(state.first, day);
  if (state.days.includes(day)) {
    return state;
  }
  return { days: [...state.days, day].sort((a, b) => a - b).slice(-KEPT_DAYS), first };
}

function view(state: GapsState, now: number): GapsView {
  const { days } = state;
  const gaps = days.slice(1).map((day, index) => day - (days[index] ?? day));
  const mean = average(gaps);
  const last = days.at(-1);
  const today = dayOf(now);
  const lifetime = today - (state.first ?? today);
  return {
    gaps,
    mean,
    spread: gaps.length < 2 ? Number.NaN : Math.sqrt(average(gaps.map((gap) => (gap - mean) ** 2))),
    sinceLast: last === undefined ? Number.NaN : Math.max(0, today - last),
    activeShare: last === undefined || lifetime <= 0 ? Number.NaN : (last - (state.first ?? last)) / lifetime,
  };
}

function average(values: readonly number[]): number {
  return values.length === 0 ? Number.NaN : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The customer's own rhythm: days between days with an order, over the latest 33 of those days. */
export const gaps: FeatureFamily<GapsState, GapsView> = {
  name: 'gaps',
  version: 1,
  schema,
  empty: { days: [], first: null },
  update,
  view,
  features: [
    { name: 'gap_mean', unit: 'days', description: 'Usual days between orders', value: (v) => v.mean },
    {
      name: 'gap_spread',
      unit: 'days',
      description: 'How much the days between orders vary',
      value: (v) => v.spread,
    },
    {
      name: 'gap_last',
      unit: 'days',
      description: 'Days between the last two orders',
      value: (v) => v.gaps.at(-1) ?? Number.NaN,
    },
    {
      name: 'gap_longest',
      unit: 'days',
      description: 'Longest pause between orders',
      value: (v) => (v.gaps.length === 0 ? Number.NaN : Math.max(...v.gaps)),
    },
    {
      name: 'gap_overdue_ratio',
      unit: 'ratio',
      description: 'Days since the last order relative to the usual gap',
      value: (v) => v.sinceLast / v.mean,
    },
    {
      name: 'gap_regularity',
      unit: 'ratio',
      description: 'Variation of the days between orders relative to their mean',
      value: (v) => v.spread / v.mean,
    },
    {
      name: 'order_life_share',
      unit: 'share',
      description: 'Part of the time since the first order that lies before the last order',
      value: (v) => v.activeShare,
    },
  ],
};
