import { z } from 'zod';
import type { SegueEvent } from '../events/segue-event.js';
import type { FeatureFamily } from './feature-family.js';
import { orderProducts } from './order-facts.js';
import { hoursSince, laterOf } from './time-units.js';

/** Changes of the open basket that are kept: the latest ones. */
const KEPT_CHANGES = 100;

const changeSchema = z.object({
  time: z.number(),
  product: z.string(),
  /** Pieces added; negative when removed. */
  pieces: z.int(),
  cents: z.int(),
});
const schema = z.object({
  /** When the basket was last emptied by an order. */
  emptied: z.number().nullable(),
  checkout: z.number().nullable(),
  /** What changed since it was emptied, oldest first. */
  changes: z.array(changeSchema),
});
export type BasketState = z.infer<typeof schema>;
type Change = z.infer<typeof changeSchema>;

export type BasketView = {
  readonly pieces: number;
  readonly products: number;
  readonly value: number;
  readonly hoursSinceFirst: number;
  readonly hoursSinceLast: number;
  readonly hoursSinceCheckout: number;
};

/** Keeps the changes and not the content: a late order then empties exactly what was added before it. */
function update(state: BasketState, event: SegueEvent): BasketState {
  if (event.type !== 'track') {
    return state;
  }
  const time = event.timestamp.getTime();
  switch (event.name) {
    case 'Product Added':
      return withChanges(state, event, 1);
    case 'Product Removed':
      return withChanges(state, event, -1);
    case 'Checkout Started':
      return { ...state, checkout: laterOf(state.checkout, time) };
    case 'Order Completed':
    case 'Cart Cleared':
      return emptiedAt(state, time);
    default:
      return state;
  }
}

function withChanges(state: BasketState, event: SegueEvent, sign: 1 | -1): BasketState {
  const time = event.timestamp.getTime();
  if (state.emptied !== null && time <= state.emptied) {
    return state;
  }
  const added = orderProducts(event.properties).map((product) => ({
    time,
    product: product.productId,
    pieces: sign * product.quantity,
    cents: product.cents,
  }));
  return { ...state, changes: [...state.changes, ...added].sort(inTime).slice(-KEPT_CHANGES) };
}

function emptiedAt(state: BasketState, time: number): BasketState {
  if (state.emptied !== null && time <= state.emptied) {
    return state;
  }
  return { ...state, emptied: time, changes: state.changes.filter((change) => change.time > time) };
}

/** A total order, so that changes at the same millisecond stand the same way whichever came first. */
function inTime(a: Change, b: Change): number {
  if (a.time !== b.time) {
    return a.time - b.time;
  }
  if (a.product !== b.product) {
    return a.product < b.product ? -1 : 1;
  }
  return b.pieces - a.pieces || a.cents - b.cents;
}

/** What lies in the basket: pieces per product, never below none, at the price last seen. */
function content(changes: readonly Change[]): ReadonlyMap<string, { pieces: number; cents: number }> {
  const lines = new Map<string, { pieces: number; cents: number }>();
  for (const change of changes) {
    const known = lines.get(change.product);
    const pieces = Math.max(0, (known?.pieces ?? 0) + change.pieces);
    lines.set(change.product, { pieces, cents: change.cents === 0 ? (known?.cents ?? 0) : change.cents });
  }
  return lines;
}

function view(state: BasketState, now: number): BasketView {
  const lines = [...content(state.changes).values()].filter((line) => line.pieces > 0);
  const open = lines.length > 0;
  const checkout = state.checkout !== null && state.checkout > (state.emptied ?? 0) ? state.checkout : null;
  return {
    pieces: lines.reduce((sum, line) => sum + line.pieces, 0),
    products: lines.length,
    value: lines.reduce((sum, line) => sum + line.pieces * line.cents, 0) / 100,
    hoursSinceFirst: open ? hoursSince(state.changes[0]?.time ?? null, now) : Number.NaN,
    hoursSinceLast: open ? hoursSince(state.changes.at(-1)?.time ?? null, now) : Number.NaN,
    hoursSinceCheckout: hoursSince(checkout, now),
  };
}

/** The open basket. An order (or `Cart Cleared`) empties it. */
export const basket: FeatureFamily<BasketState, BasketView> = {
  name: 'basket',
  version: 1,
  schema,
  empty: { emptied: null, checkout: null, changes: [] },
  update,
  view,
  features: [
    { name: 'basket_items', unit: 'count', description: 'Pieces in the basket', value: (v) => v.pieces },
    {
      name: 'basket_products',
      unit: 'count',
      description: 'Products in the basket',
      value: (v) => v.products,
    },
    { name: 'basket_value', unit: 'currency', description: 'Value of the basket', value: (v) => v.value },
    {
      name: 'basket_age_hours',
      unit: 'hours',
      description: 'Hours since the basket was started',
      value: (v) => v.hoursSinceFirst,
    },
    {
      name: 'basket_idle_hours',
      unit: 'hours',
      description: 'Hours since the basket last changed',
      value: (v) => v.hoursSinceLast,
    },
    {
      name: 'checkout_hours',
      unit: 'hours',
      description: 'Hours since a checkout was started and not finished',
      value: (v) => v.hoursSinceCheckout,
    },
  ],
};
