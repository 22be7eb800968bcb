import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SegueEvent } from '../events/segue-event.js';
import { HISTORY_DAYS, HISTORY_START, randomEvents } from '../testing/random-events.js';
import { featureRecord } from './feature-set.js';
import { emptyFeatureState, updateFeatureState } from './feature-state.js';

const DAY = 86_400_000;

/** What the features should be, from the raw events and without any state. */
function bruteForce(events: readonly SegueEvent[], now: number): Record<string, number | null> {
  const named = (...names: string[]) => events.filter((event) => names.includes(event.name));
  const times = (list: readonly SegueEvent[]) => list.map((event) => event.timestamp.getTime());
  const today = Math.floor(now / DAY);
  const inDays = (list: readonly SegueEvent[], days: number) =>
    list.filter((event) => Math.floor(event.timestamp.getTime() / DAY) >= today - days);
  const ago = (list: readonly SegueEvent[], pick: 'first' | 'last', unit = DAY) => {
    const all = times(list);
    if (all.length === 0) return null;
    return (now - (pick === 'first' ? Math.min(...all) : Math.max(...all))) / unit;
  };
  const spend = (list: readonly SegueEvent[]) =>
    list.reduce((sum, event) => sum + Math.round(Number(event.properties['revenue']) * 100), 0) / 100;

  const orders = named('Order Completed');
  const orderDays = [...new Set(times(orders).map((time) => Math.floor(time / DAY)))].sort((a, b) => a - b);
  const gaps = orderDays.slice(1).map((day, i) => day - (orderDays[i] ?? 0));
  const gapMean = gaps.length === 0 ? null : gaps.reduce((a, b) => a + b, 0) / gaps.length;

  const activity = events.filter(
    (event) => event.type === 'page' || /^(Product|Products|Checkout)\b/.test(event.name),
  );
  let visits = 0;
  let lastTime = Number.NEGATIVE_INFINITY;
  for (const time of times(activity).sort((a, b) => a - b)) {
    visits += time - lastTime > 30 * 60_000 ? 1 : 0;
    lastTime = time;
  }

  const emptied = Math.max(0, ...times(orders));
  const lines = new Map<string, number>();
  for (const event of named('Product Added', 'Product Removed')) {
    if (event.timestamp.getTime() > emptied) {
      const id = String(event.properties['product_id']);
      const sign = event.name === 'Product Added' ? 1 : -1;
      lines.set(id, Math.max(0, (lines.get(id) ?? 0) + sign * Number(event.properties['quantity'])));
    }
  }

  const shown = named('Action Shown');
  const accepted = named('Action Accepted');
  const lastAccepted = accepted.length === 0 ? Number.NEGATIVE_INFINITY : Math.max(...times(accepted));
  const conversations = named('Live Chat Conversation Started', 'Live Chat Conversation Ended');
  const starts = new Map<string, number>();
  for (const event of conversations) {
    const id = String(event.properties['conversation_id']);
    starts.set(id, Math.min(starts.get(id) ?? Number.POSITIVE_INFINITY, event.timestamp.getTime()));
  }
  const emails = shown.filter((event) => event.properties['channel'] === 'email');
  return {
    days_since_order: ago(orders, 'last'),
    days_since_first_order: ago(orders, 'first'),
    orders_7d: inDays(orders, 7).length,
    orders_90d: inDays(orders, 90).length,
    orders_total: orders.length,
    spend_30d: spend(inDays(orders, 30)),
    spend_total: spend(orders),
    order_days_365d: orderDays.length,
    gap_mean: gapMean,
    gap_last: gaps.at(-1) ?? null,
    gap_overdue_ratio: gapMean === null ? null : (today - (orderDays.at(-1) ?? 0)) / gapMean,
    visits_total: visits,
    basket_items: [...lines.values()].reduce((a, b) => a + b, 0),
    basket_products: [...lines.values()].filter((pieces) => pieces > 0).length,
    actions_shown_7d: inDays(shown, 7).length,
    actions_shown_total: shown.length,
    actions_accepted_total: accepted.length,
    actions_rejected_90d: inDays(named('Action Rejected'), 90).length,
    actions_unanswered: times(shown)
      .filter((time) => time > lastAccepted)
      .slice(-32).length,
    contacts_7d: inDays(shown, 7).length,
    contact_hours: ago(shown, 'last', 3_600_000),
    email_shown_30d: inDays(emails, 30).length,
    support_contacts_total: starts.size,
    support_contacts_30d: [...starts.values()].filter((start) => start >= now - 30 * DAY).length,
    returns_90d: inDays(named('Order Refunded'), 90).length,
    products_viewed_30d: inDays(named('Product Viewed'), 30).length,
    tenure_days: ago(events, 'first'),
    opted_out: named('Unsubscribed').length > 0 ? 1 : 0,
  };
}

describe('features', { timeout: 60_000 }, () => {
  it('equal a computation from the raw events at any time', () => {
    fc.assert(
      fc.property(randomEvents, fc.integer({ min: 0, max: HISTORY_DAYS * 24 }), (events, hours) => {
        const now = HISTORY_START + hours * 3_600_000 + 1;
        const past = events.filter((event) => event.timestamp.getTime() < now);
        const record = featureRecord(past.reduce(updateFeatureState, emptyFeatureState()), new Date(now));
        expect(record).toMatchObject(closeTo(bruteForce(past, now)));
      }),
      { seed: 5, numRuns: 300 },
    );
  });
});

function closeTo(expected: Record<string, number | null>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(expected).map(([name, value]) => [name, value === null ? null : expect.closeTo(value, 6)]),
  );
}
