import { z } from 'zod';
import type { SegueEvent } from '../events/segue-event.js';
import { addToLedger, dayLedgerSchema, emptyLedger, sumsSince, totals } from './day-ledger.js';
import type { FeatureFamily } from './feature-family.js';
import { isOrder, numberOf, orderCents, textOf, toCents } from './order-facts.js';
import { dayOf, daysSince, laterOf } from './time-units.js';

const KEPT_DAYS = 64;

const schema = z.object({
  orders: z.int(),
  cents: z.int(),
  discountedOrders: z.int(),
  discountCents: z.int(),
  couponOrders: z.int(),
  /** Columns: returns and cancelled orders, hundredths of the currency paid back. */
  returns: dayLedgerSchema,
  lastReturn: z.number().nullable(),
});
export type ReturnsState = z.infer<typeof schema>;

export type ReturnsView = ReturnsState & {
  readonly returned: readonly number[];
  readonly returned90: number;
  readonly daysSinceReturn: number;
};

const RETURNS = new Set(['Order Refunded', 'Order Cancelled', 'Product Returned']);

function update(state: ReturnsState, event: SegueEvent): ReturnsState {
  const { properties } = event;
  if (isOrder(event)) {
    const discount = Math.max(0, toCents(numberOf(properties['discount']) ?? 0));
    return {
      ...state,
      orders: state.orders + 1,
      cents: state.cents + orderCents(properties),
      discountedOrders: state.discountedOrders + (discount > 0 ? 1 : 0),
      discountCents: state.discountCents + discount,
      couponOrders: state.couponOrders + (textOf(properties['coupon']) === undefined ? 0 : 1),
    };
  }
  if (event.type !== 'track' || !RETURNS.has(event.name)) {
    return state;
  }
  const time = event.timestamp.getTime();
  const amounts = [1, Math.abs(orderCents(properties))];
  return {
    ...state,
    returns: addToLedger(state.returns, dayOf(time), { amounts, keep: KEPT_DAYS }),
    lastReturn: laterOf(state.lastReturn, time),
  };
}

function view(state: ReturnsState, now: number): ReturnsView {
  return {
    ...state,
    returned: totals(state.returns),
    returned90: sumsSince(state.returns, dayOf(now) - 90)[0] ?? 0,
    daysSinceReturn: daysSince(state.lastReturn, now),
  };
}

function part(amount: number, whole: number): number {
  return whole > 0 ? amount / whole : Number.NaN;
}

/** What comes back, and what is bought at a discount. */
export const returns: FeatureFamily<ReturnsState, ReturnsView> = {
  name: 'returns',
  version: 1,
  schema,
  empty: {
    orders: 0,
    cents: 0,
    discountedOrders: 0,
    discountCents: 0,
    couponOrders: 0,
    returns: emptyLedger(2),
    lastReturn: null,
  },
  update,
  view,
  features: [
    {
      name: 'return_rate',
      unit: 'share',
      description: 'Returns and cancellations per order',
      value: (v) => part(v.returned[0] ?? 0, v.orders),
    },
    {
      name: 'return_value_share',
      unit: 'share',
      description: 'Part of the money spent that was paid back',
      value: (v) => part(v.returned[1] ?? 0, v.cents),
    },
    {
      name: 'returns_90d',
      unit: 'count',
      description: 'Returns in the last 90 days',
      value: (v) => v.returned90,
    },
    {
      name: 'days_since_return',
      unit: 'days',
      description: 'Days since the last return',
      value: (v) => v.daysSinceReturn,
    },
    {
      name: 'discount_share',
      unit: 'share',
      description: 'Discount relative to the full price of all orders',
      value: (v) => part(v.discountCents, v.cents + v.discountCents),
    },
    {
      name: 'discount_order_share',
      unit: 'share',
      description: 'Part of the orders that had a discount',
      value: (v) => part(v.discountedOrders, v.orders),
    },
    {
      name: 'coupon_order_share',
      unit: 'share',
      description: 'Part of the orders that used a coupon',
      value: (v) => part(v.couponOrders, v.orders),
    },
  ],
};
