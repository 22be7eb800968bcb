import { clamp } from '../chance/squash.js';
import { MARGIN } from '../world/products.js';
import { deliver } from './delivery.js';
import { track } from './emit.js';
import type { BasketLine, Life, Scene } from './life.js';
import { outcomeItem } from './offer.js';
import { pause } from './pause.js';
import { basketProperties, CURRENCY, pence } from './product-properties.js';
import { basketValue } from './situation.js';

export type OrderCall = {
  readonly orderId: string;
  readonly device: 0 | 1;
  /** Share off everything in the basket. */
  readonly discount: number;
  /** That the parcel comes late, where that is settled; otherwise chance decides. */
  readonly arrives?: 'late';
};

/** Pays the basket. Heavy spenders take more of each thing, which gives spending its tail. */
export function* completeOrder(life: Life, call: OrderCall): Scene {
  const { orderId, device, discount } = call;
  const lines = takeMore(life);
  const at = pause(life);
  const subtotal = pence(basketValue(life));
  const off = pence(subtotal * discount);
  const shipping = subtotal - off >= 50 || life.plus ? 0 : 4.5;
  const coupon = life.coupon !== undefined && life.coupon.until > at ? { coupon: life.coupon.code } : {};
  yield track(life, {
    from: device,
    at,
    event: 'Order Completed',
    properties: {
      checkout_id: orderId,
      order_id: orderId,
      affiliation: 'Web shop',
      subtotal,
      discount: off,
      shipping,
      revenue: pence(subtotal - off),
      total: pence(subtotal - off + shipping),
      currency: CURRENCY,
      ...coupon,
      products: basketProperties(lines),
    },
  });
  const margin = pence(subtotal * MARGIN - off);
  afterOrder(life, discount);
  yield* convert(life, device, margin);
  deliver(life, { orderId, lines, ...(call.arrives === undefined ? {} : { arrives: call.arrives }) });
}

function takeMore(life: Life): BasketLine[] {
  const most = clamp(Math.round(Math.exp(life.customer.spending + 0.5 * life.draws.normal())), 1, 12);
  for (const line of life.basket) line.quantity = clamp(line.quantity * most, 1, 40);
  return life.basket;
}

function afterOrder(life: Life, discount: number): void {
  life.orders += 1;
  life.lastOrder = life.cursor;
  life.basket = [];
  life.coupon = undefined;
  // Paying the full price unlearns the waiting.
  if (discount === 0) life.waits = clamp(life.waits - 0.1, 0, 1);
}

/** An order within a week of a yes counts as that offer's, rightly or not: no shop can tell. */
function* convert(life: Life, device: 0 | 1, margin: number): Scene {
  const { accepted } = life;
  life.accepted = undefined;
  if (accepted === undefined || accepted.until < life.cursor) return;
  yield outcomeItem(life, device, {
    outcome: 'converted',
    offer: accepted.offer,
    answer: accepted.answer,
    value: margin,
    at: life.cursor + 500,
  });
}
