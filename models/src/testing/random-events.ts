import fc from 'fast-check';
import type { JsonObject, SegueEvent } from '../events/segue-event.js';

const CATEGORIES = ['Shoes', 'Coats', 'Toys', 'Garden'];
const CHANNELS = ['email', 'sms', 'agent', 'whatsapp', 'carrier pigeon'];

const product = fc.record({
  product_id: fc.constantFrom('p1', 'p2', 'p3', 'p.4', '$p5'),
  category: fc.constantFrom(...CATEGORIES),
  price: fc.integer({ min: 1, max: 9_999 }).map((cents) => cents / 100),
  quantity: fc.integer({ min: 1, max: 4 }),
});
const outcome = fc.record({
  decision_id: fc.constantFrom('d1', 'd2', 'd3'),
  action_id: fc.constantFrom('a1', 'a2', 'a.3'),
  group_id: fc.constantFrom('offers', '$service'),
  treatment_id: fc.constant('t'),
  channel: fc.constantFrom(...CHANNELS),
});
const conversation = fc.record(
  {
    conversation_id: fc.constantFrom('c1', 'c2', 'c3'),
    mood: fc.constantFrom<string | number>('angry', 'neutral', 0.5, -0.3),
    resolved: fc.boolean(),
  },
  { requiredKeys: ['conversation_id'] },
);

function named(names: readonly string[], properties: fc.Arbitrary<JsonObject>) {
  return fc.tuple(fc.constantFrom(...names), properties).map(([name, props]) => ({
    type: 'track' as const,
    name,
    properties: props,
  }));
}

const what = fc.oneof(
  named(
    ['Order Completed'],
    fc.record({
      revenue: fc.integer({ min: 1, max: 99_999 }).map((cents) => cents / 100),
      discount: fc.constantFrom(0, 5.5),
      products: fc.array(product, { maxLength: 3 }),
    }),
  ),
  named(['Product Added', 'Product Removed', 'Product Viewed', 'Product Added to Wishlist'], product),
  named(
    ['Checkout Started', 'Products Searched', 'Order Refunded', 'Unsubscribed'],
    fc.constant({ total: 12.5 }),
  ),
  named(
    [
      'Action Shown',
      'Action Shown',
      'Action Accepted',
      'Action Rejected',
      'Action Postponed',
      'Action Clicked',
    ],
    outcome,
  ),
  named(['Live Chat Conversation Started', 'Live Chat Conversation Ended'], conversation),
  named(
    ['Order Shipped', 'Delivery Delayed', 'Order Delivered'],
    fc.record({ order_id: fc.constantFrom('o1', 'o2') }),
  ),
  named(
    ['Survey Answered', 'Product Reviewed'],
    fc.record({ score: fc.integer({ min: 0, max: 5 }), rating: fc.constant(4) }),
  ),
  fc.constant({ type: 'track' as const, name: 'Support Case Solved', properties: {} }),
  fc.constant({ type: 'page' as const, name: 'Home', properties: {} }),
  fc.constant({ type: 'identify' as const, name: '', properties: { email: 'a@b.example' } }),
);

export const HISTORY_START = Date.UTC(2026, 0, 1);
export const HISTORY_DAYS = 120;

/** Histories of one customer over four months, oldest first; some events at the same time, some seconds apart. */
export const randomEvents: fc.Arbitrary<SegueEvent[]> = fc
  .array(fc.tuple(what, fc.integer({ min: 0, max: HISTORY_DAYS * 96 }), fc.integer({ min: 0, max: 2 })), {
    maxLength: 60,
  })
  .map((drawn) =>
    drawn
      .map(
        ([event, quarter, seconds], index): SegueEvent => ({
          ...event,
          messageId: `m${index}`,
          timestamp: new Date(HISTORY_START + quarter * 900_000 + seconds * 1000),
          context: { timezone: ['Europe/London', 'Asia/Tokyo'][seconds % 2] ?? 'UTC' },
        }),
      )
      .sort((a, b) => a.timestamp.getTime() - b.timestamp.getTime()),
  );
