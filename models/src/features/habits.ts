import { z } from 'zod';
import type { SegueEvent } from '../events/segue-event.js';
import type { FeatureFamily } from './feature-family.js';
import { isOrder, textOf } from './order-facts.js';
import { isShopActivity } from './shop-activity.js';

const schema = z.object({
  /** Shop activity and orders per hour of the day (UTC). */
  hours: z.array(z.int()).length(24),
  /** The same per weekday, Sunday first (UTC). */
  weekdays: z.array(z.int()).length(7),
  /** IANA name of the time zone last sent in an event's context. */
  timeZone: z.object({ name: z.string(), time: z.number() }).nullable(),
});
export type HabitsState = z.infer<typeof schema>;

export type HabitsView = {
  readonly total: number;
  readonly hours: readonly number[];
  readonly weekdays: readonly number[];
};

function update(state: HabitsState, event: SegueEvent): HabitsState {
  const timeZone = laterZone(state.timeZone, event);
  if (!isOrder(event) && !isShopActivity(event)) {
    return timeZone === state.timeZone ? state : { ...state, timeZone };
  }
  return {
    timeZone,
    hours: oneMore(state.hours, event.timestamp.getUTCHours()),
    weekdays: oneMore(state.weekdays, event.timestamp.getUTCDay()),
  };
}

/** Of two zones sent at the same millisecond the one first in the alphabet holds, whichever came first. */
function laterZone(known: HabitsState['timeZone'], event: SegueEvent): HabitsState['timeZone'] {
  const name = textOf(event.context['timezone']);
  const time = event.timestamp.getTime();
  if (
    name === undefined ||
    (known !== null && (time < known.time || (time === known.time && name >= known.name)))
  ) {
    return known;
  }
  return { name, time };
}

function oneMore(counts: readonly number[], index: number): number[] {
  return counts.with(index, (counts[index] ?? 0) + 1);
}

function view(state: HabitsState): HabitsView {
  return { ...state, total: sum(state.weekdays) };
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}

function hourShare(v: HabitsView, from: number, to: number): number {
  return v.total === 0 ? Number.NaN : sum(v.hours.slice(from, to)) / v.total;
}

/**
 * How likely the customer's activity falls in the three hours around this one and on this weekday, relative to an even
 * spread (1 = as anybody). Pulled towards 1 while little is known.
 */
export function habitFit(state: HabitsState, now: Date): { readonly hour: number; readonly weekday: number } {
  const { hours, weekdays } = state;
  const total = sum(weekdays);
  const hour = now.getUTCHours();
  const around = [hour - 1, hour, hour + 1].reduce((seen, h) => seen + (hours[(h + 24) % 24] ?? 0), 0);
  const day = weekdays[now.getUTCDay()] ?? 0;
  return { hour: ((around + 1) / (total + 8)) * 8, weekday: ((day + 1) / (total + 7)) * 7 };
}

/** When the customer is active. Hours and weekdays are UTC. */
export const habits: FeatureFamily<HabitsState, HabitsView> = {
  name: 'habits',
  version: 1,
  schema,
  empty: { hours: new Array<number>(24).fill(0), weekdays: new Array<number>(7).fill(0), timeZone: null },
  update,
  view,
  features: [
    {
      name: 'night_share',
      unit: 'share',
      description: 'Part of the activity between 0 and 6 h',
      value: (v) => hourShare(v, 0, 6),
    },
    {
      name: 'morning_share',
      unit: 'share',
      description: 'Part of the activity between 6 and 12 h',
      value: (v) => hourShare(v, 6, 12),
    },
    {
      name: 'evening_share',
      unit: 'share',
      description: 'Part of the activity after 18 h',
      value: (v) => hourShare(v, 18, 24),
    },
    {
      name: 'weekend_share',
      unit: 'share',
      description: 'Part of the activity on Saturdays and Sundays',
      value: (v) => (v.total === 0 ? Number.NaN : ((v.weekdays[0] ?? 0) + (v.weekdays[6] ?? 0)) / v.total),
    },
  ],
};
