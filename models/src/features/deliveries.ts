import { z } from 'zod';
import type { SegueEvent } from '../events/segue-event.js';
import type { FeatureFamily } from './feature-family.js';
import { textOf } from './order-facts.js';
import { DAY_MS, daysSince, laterOf } from './time-units.js';

const KEPT_PARCELS = 16;
/** A parcel that nobody ever told to have arrived is no longer awaited after this. */
const AWAITED_DAYS = 45;

const parcelSchema = z.object({
  order: z.string(),
  /** Time of its latest event. */
  last: z.number(),
  shipped: z.number().nullable(),
  delayed: z.number().nullable(),
  done: z.number().nullable(),
});
const schema = z.object({
  /** The latest parcels, latest first. */
  parcels: z.array(parcelSchema),
});
export type DeliveriesState = z.infer<typeof schema>;
type Parcel = z.infer<typeof parcelSchema>;

export type DeliveriesView = { readonly parcels: readonly Parcel[]; readonly now: number };

const STEP: Readonly<Record<string, 'shipped' | 'delayed' | 'done'>> = {
  'Order Shipped': 'shipped',
  'Delivery Delayed': 'delayed',
  'Order Delayed': 'delayed',
  'Order Delivered': 'done',
  'Order Cancelled': 'done',
};

function update(state: DeliveriesState, event: SegueEvent): DeliveriesState {
  const step = event.type === 'track' ? STEP[event.name] : undefined;
  const order = textOf(event.properties['order_id']);
  if (step === undefined || order === undefined) {
    return state;
  }
  const time = event.timestamp.getTime();
  const known = state.parcels.find((parcel) => parcel.order === order);
  const before: Parcel = known ?? { order, last: time, shipped: null, delayed: null, done: null };
  const parcel = { ...before, last: Math.max(before.last, time), [step]: laterOf(before[step], time) };
  const parcels = [parcel, ...state.parcels.filter((other) => other.order !== order)]
    .sort((a, b) => b.last - a.last || (a.order < b.order ? -1 : 1))
    .slice(0, KEPT_PARCELS);
  return { parcels };
}

function late(v: DeliveriesView): Parcel[] {
  return v.parcels.filter(
    ({ delayed, done }) => delayed !== null && done === null && v.now - delayed <= AWAITED_DAYS * DAY_MS,
  );
}

/** Parcels on their way: the latest 16. */
export const deliveries: FeatureFamily<DeliveriesState, DeliveriesView> = {
  name: 'deliveries',
  version: 1,
  schema,
  empty: { parcels: [] },
  update,
  view: (state, now) => ({ parcels: state.parcels, now }),
  features: [
    {
      name: 'parcels_late',
      unit: 'count',
      description: 'Parcels that are late and not there yet',
      value: (v) => late(v).length,
    },
    {
      name: 'parcels_awaited',
      unit: 'count',
      description: 'Parcels on their way',
      value: (v) =>
        v.parcels.filter(
          ({ shipped, done }) =>
            shipped !== null && done === null && v.now - shipped <= AWAITED_DAYS * DAY_MS,
        ).length,
    },
    {
      name: 'parcels_delayed_90d',
      unit: 'count',
      description: 'Parcels delayed in the last 90 days (of the latest 16)',
      value: (v) =>
        v.parcels.filter(({ delayed }) => delayed !== null && v.now - delayed <= 90 * DAY_MS).length,
    },
    {
      name: 'days_since_delivery',
      unit: 'days',
      description: 'Days since a parcel arrived',
      value: (v) =>
        daysSince(
          v.parcels.reduce<number | null>(
            (last, { done }) => (done === null ? last : laterOf(last, done)),
            null,
          ),
          v.now,
        ),
    },
  ],
};
