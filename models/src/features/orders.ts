import { z } from 'zod';
import type { SegueEvent } from '../events/segue-event.js';
import { addToLedger, dayLedgerSchema, daysSeenSince, emptyLedger, sumsSince, totals } from './day-ledger.js';
import type { FeatureFamily, FeatureSpec } from './feature-family.js';
import { isOrder, orderCents, orderItems } from './order-facts.js';
import { dayOf, daysSince, earlierOf, laterOf } from './time-units.js';

/** Days with orders kept one by one: a year of daily orders and some. */
const KEPT_DAYS = 400;
const WINDOWS = [7, 30, 90, 365] as const;
const HALF_LIVES = [30, 120] as const;

const schema = z.object({
  /** Columns: orders, hundredths of the currency, pieces. */
  ledger: dayLedgerSchema,
  first: z.number().nullable(),
  last: z.number().nullable(),
  lastCents: z.int(),
});
export type OrdersState = z.infer<typeof schema>;

export type OrdersView = {
  readonly windows: ReadonlyMap<
    number,
    { readonly orders: number; readonly spend: number; readonly days: number }
  >;
  readonly orders: number;
  readonly spend: number;
  readonly items: number;
  readonly activeMonths: number;
  readonly lastSpend: number;
  readonly daysSinceFirst: number;
  readonly daysSinceLast: number;
  /** Days with an order, each fading by half in that many days. */
  readonly faded: ReadonlyMap<number, number>;
};

function update(state: OrdersState, event: SegueEvent): OrdersState {
  if (!isOrder(event)) {
    return state;
  }
  const time = event.timestamp.getTime();
  const cents = orderCents(event.properties);
  const amounts = [1, cents, orderItems(event.properties)];
  return {
    ledger: addToLedger(state.ledger, dayOf(time), { amounts, keep: KEPT_DAYS }),
    first: earlierOf(state.first, time),
    last: laterOf(state.last, time),
    lastCents: lastCents(state, time, cents),
  };
}

/** Of two orders at the same millisecond the larger counts as the last, whichever came first. */
function lastCents(state: OrdersState, time: number, cents: number): number {
  if (state.last === null || time > state.last) {
    return cents;
  }
  return time === state.last ? Math.max(state.lastCents, cents) : state.lastCents;
}

function view(state: OrdersState, now: number): OrdersView {
  const today = dayOf(now);
  const [orders = 0, cents = 0, items = 0] = totals(state.ledger);
  return {
    windows: new Map(
      WINDOWS.map((window) => {
        const [count = 0, spent = 0] = sumsSince(state.ledger, today - window);
        return [
          window,
          { orders: count, spend: spent / 100, days: daysSeenSince(state.ledger, today - window) },
        ];
      }),
    ),
    orders,
    spend: cents / 100,
    items,
    activeMonths: activeMonths(state.ledger.days, today),
    lastSpend: state.lastCents / 100,
    daysSinceFirst: daysSince(state.first, now),
    daysSinceLast: daysSince(state.last, now),
    faded: new Map(HALF_LIVES.map((halfLife) => [halfLife, fadedDays(state.ledger.days, today, halfLife)])),
  };
}

function fadedDays(days: readonly number[], today: number, halfLife: number): number {
  return days.reduce((sum, day) => sum + 2 ** (-Math.max(0, today - day) / halfLife), 0);
}

/** In how many of the last twelve 30-day months there was an order. */
function activeMonths(days: readonly number[], today: number): number {
  const months = new Set<number>();
  for (const day of days) {
    const month = Math.floor(Math.max(0, today - 1 - day) / 30);
    if (month < 12) {
      months.add(month);
    }
  }
  return months.size;
}

function windowFeatures(window: (typeof WINDOWS)[number]): FeatureSpec<OrdersView>[] {
  return [
    {
      name: `orders_${window}d`,
      unit: 'count',
      description: `Orders in the last ${window} days`,
      value: (v) => v.windows.get(window)?.orders ?? 0,
    },
    {
      name: `spend_${window}d`,
      unit: 'currency',
      description: `Spent in the last ${window} days`,
      value: (v) => v.windows.get(window)?.spend ?? 0,
    },
    {
      name: `order_days_${window}d`,
      unit: 'count',
      description: `Days with an order in the last ${window} days`,
      value: (v) => v.windows.get(window)?.days ?? 0,
    },
  ];
}

/** Days with an order per day as a customer, as if half an order in 60 days had been seen besides. */
function shrunkRate(v: OrdersView): number {
  const days = v.windows.get(365)?.days ?? 0;
  return (days + 0.5) / (Math.min(v.daysSinceFirst, 365) + 60);
}

function perOrder(v: OrdersView, amount: number): number {
  return v.orders === 0 ? Number.NaN : amount / v.orders;
}

/** Recency, frequency and monetary value. A window of w days is the w UTC days before today, and today so far. */
export const orders: FeatureFamily<OrdersState, OrdersView> = {
  name: 'orders',
  version: 1,
  schema,
  empty: { ledger: emptyLedger(3), first: null, last: null, lastCents: 0 },
  update,
  view,
  features: [
    {
      name: 'days_since_order',
      unit: 'days',
      description: 'Days since the last order',
      value: (v) => v.daysSinceLast,
    },
    {
      name: 'days_since_first_order',
      unit: 'days',
      description: 'Days since the first order',
      value: (v) => v.daysSinceFirst,
    },
    ...WINDOWS.flatMap(windowFeatures),
    { name: 'orders_total', unit: 'count', description: 'Orders so far', value: (v) => v.orders },
    { name: 'spend_total', unit: 'currency', description: 'Spent so far', value: (v) => v.spend },
    ...HALF_LIVES.map((halfLife) => ({
      name: `order_days_faded_${halfLife}d`,
      unit: 'score' as const,
      description: `Days with an order, each fading by half in ${halfLife} days`,
      value: (v: OrdersView) => v.faded.get(halfLife) ?? 0,
    })),
    {
      name: 'order_rate_score',
      unit: 'score',
      description: 'Logarithm of the days with an order per day as a customer, pulled to one in 120 days',
      value: (v) => Math.log(shrunkRate(v)),
    },
    {
      name: 'order_quiet_score',
      unit: 'score',
      description: 'Orders to be expected at the usual rate in the time since the last one, log scale',
      value: (v) => Math.log1p(v.daysSinceLast * shrunkRate(v)),
    },
    {
      name: 'order_months_365d',
      unit: 'count',
      description: 'Months with an order, of the last twelve',
      value: (v) => v.activeMonths,
    },
    {
      name: 'order_value_mean',
      unit: 'currency',
      description: 'Average value of an order',
      value: (v) => perOrder(v, v.spend),
    },
    {
      name: 'order_value_last',
      unit: 'currency',
      description: 'Value of the last order',
      value: (v) => (v.orders === 0 ? Number.NaN : v.lastSpend),
    },
    {
      name: 'order_value_last_to_mean',
      unit: 'ratio',
      description: 'Value of the last order relative to the average',
      value: (v) => (v.spend > 0 ? (v.lastSpend * v.orders) / v.spend : Number.NaN),
    },
    {
      name: 'items_per_order',
      unit: 'count',
      description: 'Pieces per order',
      value: (v) => perOrder(v, v.items),
    },
  ],
};
