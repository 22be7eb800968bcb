import { z } from 'zod';
import type { SegueEvent } from '../events/segue-event.js';
import { emptySketch, sketchCount, sketchWith } from './distinct-sketch.js';
import type { FeatureFamily } from './feature-family.js';
import { isOrder, orderProducts } from './order-facts.js';

const schema = z.object({
  orders: z.int(),
  /** Product lines over all orders. */
  lines: z.int(),
  /** Estimates how many different products those are. */
  sketch: z.string(),
});
export type VarietyState = z.infer<typeof schema>;

export type VarietyView = { readonly orders: number; readonly lines: number; readonly distinct: number };

function update(state: VarietyState, event: SegueEvent): VarietyState {
  if (!isOrder(event)) {
    return state;
  }
  const ids = orderProducts(event.properties).map((product) => product.productId);
  return {
    orders: state.orders + 1,
    lines: state.lines + ids.length,
    sketch: ids.length === 0 ? state.sketch : sketchWith(state.sketch, ids),
  };
}

/** How many different products the customer buys. */
export const variety: FeatureFamily<VarietyState, VarietyView> = {
  name: 'variety',
  version: 1,
  schema,
  empty: { orders: 0, lines: 0, sketch: emptySketch() },
  update,
  view: (state) => ({ orders: state.orders, lines: state.lines, distinct: sketchCount(state.sketch) }),
  features: [
    {
      name: 'products_distinct',
      unit: 'count',
      description: 'Different products bought (estimate)',
      value: (v) => v.distinct,
    },
    {
      name: 'lines_per_order',
      unit: 'count',
      description: 'Different products per order',
      value: (v) => (v.lines === 0 ? Number.NaN : v.lines / v.orders),
    },
    {
      name: 'product_repeat_share',
      unit: 'share',
      description: 'Part of the bought products that were bought before (estimate)',
      value: (v) => (v.lines === 0 ? Number.NaN : Math.max(0, 1 - v.distinct / v.lines)),
    },
  ],
};
