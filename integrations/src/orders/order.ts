import { createHash } from 'node:crypto';
import type { InboundEvent, JsonObject } from '../segment/inbound-event.js';
import type { OrderProduct, OrderRow } from './order-row.js';

/** An order while its rows come in. */
export type OpenOrder = {
  readonly first: OrderRow;
  at: Date;
  readonly products: OrderProduct[];
  total: number;
};

export function openOrder(row: OrderRow): OpenOrder {
  return { first: row, at: row.at, products: [row.product], total: row.lineTotal };
}

/**
 * Adds a further row of the same order.
 * @returns the reason it can't belong to it, or `undefined` once it is added
 */
export function addRow(order: OpenOrder, row: OrderRow): string | undefined {
  const { first } = order;
  const quoted = JSON.stringify;
  if (row.customer !== first.customer) {
    return `order ${quoted(row.orderId)} belongs to customer ${quoted(first.customer)}, not ${quoted(row.customer)}`;
  }
  if (row.currency !== first.currency) {
    return `order ${quoted(row.orderId)} is in ${first.currency}, not ${row.currency}`;
  }
  if (row.orderTotal !== first.orderTotal) {
    return `order ${quoted(row.orderId)} has the total ${first.orderTotal}, not ${row.orderTotal}`;
  }
  // Rows may carry the minute each was entered; the order happened when the first was.
  if (row.at.getTime() < order.at.getTime()) order.at = row.at;
  order.products.push(row.product);
  order.total += row.lineTotal;
  return undefined;
}

/** Sums of decimal amounts in binary carry dust; money is rounded to the cent. */
const toCents = (amount: number): number => Math.round(amount * 100) / 100;

/**
 * The order as Segment's "Order Completed". Its messageId is made of the source and the order id alone, so the same
 * order is the same event in every file of that source.
 */
export function orderEvent(
  order: OpenOrder,
  { prefix, receivedAt }: { readonly prefix: string; readonly receivedAt: Date },
): InboundEvent {
  const { orderId, customer, country, currency, orderTotal } = order.first;
  const total = toCents(orderTotal ?? order.total);
  const context: JsonObject = country === '' ? {} : { location: { country } };
  const who = customer === '' ? { anonymousId: `${prefix}:guest:${orderId}` } : { userId: customer };
  return {
    messageId: `${prefix}:order:${orderId}`,
    type: 'track',
    name: 'Order Completed',
    ...who,
    timestamp: order.at,
    receivedAt,
    properties: { order_id: orderId, total, revenue: total, currency, products: order.products },
    traits: {},
    context,
  };
}

/** What the order says about the person, as an `identify`; `undefined` where it says nothing, or nobody is known. */
export function identifyEvent(
  order: OpenOrder,
  { prefix, receivedAt }: { readonly prefix: string; readonly receivedAt: Date },
): InboundEvent | undefined {
  const { customer, email, phone, country } = order.first;
  if (customer === '' || (email === '' && phone === '' && country === '')) return undefined;
  const traits = {
    ...(email === '' ? {} : { email }),
    ...(phone === '' ? {} : { phone }),
    ...(country === '' ? {} : { address: { country } }),
  };
  const said = createHash('sha256')
    .update(JSON.stringify([customer, email, phone, country]))
    .digest('hex');
  return {
    messageId: `${prefix}:identify:${said.slice(0, 32)}`,
    type: 'identify',
    name: '',
    userId: customer,
    timestamp: order.at,
    receivedAt,
    properties: {},
    traits,
    context: {},
  };
}
