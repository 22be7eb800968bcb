import type { SegueEvent } from '../events/segue-event.js';
import { isOrder, numberOf, orderCents, toCents } from '../features/order-facts.js';

/**
 * What an event earns, in hundredths of the currency: an order's own `margin` where it says so, else `share` of what it
 * brought; a refund takes as much away. 0 for every other event.
 *
 * @param share margin over revenue, above 0 to 1; 1 = value is counted in revenue
 */
export function marginCents(event: SegueEvent, share: number): number {
  if (isOrder(event)) {
    const margin = numberOf(event.properties['margin']);
    return margin === undefined ? Math.round(orderCents(event.properties) * share) : toCents(margin);
  }
  if (event.type === 'track' && event.name === 'Order Refunded') {
    const refund = numberOf(event.properties['refund']) ?? numberOf(event.properties['total']) ?? 0;
    return -Math.round(toCents(Math.abs(refund)) * share);
  }
  return 0;
}
