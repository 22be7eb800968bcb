import type { JsonObject, JsonValue, SegueEvent } from '../events/segue-event.js';

export type OrderProduct = {
  readonly productId: string;
  readonly category: string | undefined;
  readonly quantity: number;
  readonly cents: number;
};

/** Longest id or category name a state keeps. */
const LONGEST_NAME = 60;

/** Whether the event is an order of the customer. */
export function isOrder(event: SegueEvent): boolean {
  return event.type === 'track' && event.name === 'Order Completed';
}

/**
 * What the order brought, in hundredths of the currency: `revenue`, else `total`, `subtotal`, `value`, else the sum over
 * its products (Segment's e-commerce spec). 0 where none is given.
 */
export function orderCents(properties: JsonObject): number {
  for (const key of ['revenue', 'total', 'subtotal', 'value']) {
    const amount = numberOf(properties[key]);
    if (amount !== undefined) {
      return toCents(amount);
    }
  }
  return orderProducts(properties).reduce((sum, product) => sum + product.cents * product.quantity, 0);
}

/** The products of an order or a basket event; an event about one product counts as a list of one. */
export function orderProducts(properties: JsonObject): readonly OrderProduct[] {
  const list: JsonValue | undefined = properties['products'];
  if (Array.isArray(list)) {
    return list.flatMap((product: JsonValue) => (isObject(product) ? oneProduct(product) : []));
  }
  return oneProduct(properties);
}

/** How many pieces the order has: at least 1 per product line. */
export function orderItems(properties: JsonObject): number {
  return orderProducts(properties).reduce((sum, product) => sum + product.quantity, 0);
}

function oneProduct(properties: JsonObject): OrderProduct[] {
  const productId =
    textOf(properties['product_id']) ?? textOf(properties['sku']) ?? textOf(properties['name']);
  if (productId === undefined) {
    return [];
  }
  return [
    {
      productId,
      category: categoryOf(properties),
      quantity: Math.max(1, Math.round(numberOf(properties['quantity']) ?? 1)),
      cents: toCents(numberOf(properties['price']) ?? 0),
    },
  ];
}

/** The category an event is about: trimmed, lower case, at most 60 characters. */
export function categoryOf(properties: JsonObject): string | undefined {
  return textOf(properties['category'])?.toLowerCase();
}

/** A finite number, also where it was sent as text. */
export function numberOf(value: JsonValue | undefined): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

/** Text of a string or a number; undefined where it is empty. */
export function textOf(value: JsonValue | undefined): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') {
    return undefined;
  }
  const text = String(value).trim().slice(0, LONGEST_NAME);
  return text === '' ? undefined : text;
}

export function toCents(amount: number): number {
  // Beyond this a sum of many orders would no longer be an exact integer.
  const limit = 1e12;
  return Math.round(Math.min(limit, Math.max(-limit, amount * 100))) || 0;
}

export function isObject(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
