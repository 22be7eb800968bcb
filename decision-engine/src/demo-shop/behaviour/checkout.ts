import { isBadRelease } from '../world/calendar.js';
import { cartId, discountToday } from './basket.js';
import { track } from './emit.js';
import type { Life, Scene } from './life.js';
import { giveEmail, logIn } from './log-in.js';
import { completeOrder } from './order.js';
import { pause } from './pause.js';
import { basketProperties, CURRENCY, pence } from './product-properties.js';
import { basketValue } from './situation.js';

/** Share of checkouts that break off on a normal day. */
const BREAKS_OFF = 0.27;

/** What is settled beforehand: that it goes through and when it arrives. Otherwise chance decides. */
export type Fate = { readonly arrives?: 'late' };

/** From the basket to the order, or until it breaks off, which leaves the basket open. */
export function* checkout(life: Life, device: 0 | 1, fate: Fate = {}): Scene {
  const { draws, customer } = life;
  const orderId = `o-${customer.index.toString(36)}-${(life.cursor / 1000).toFixed(0)}`;
  const products = basketProperties(life.basket);
  const value = pence(basketValue(life));
  if (draws.chance(0.4)) {
    const properties = { cart_id: cartId(life), products };
    yield track(life, { from: device, at: pause(life), event: 'Cart Viewed', properties });
  }
  yield track(life, {
    from: device,
    at: pause(life),
    event: 'Checkout Started',
    properties: { order_id: orderId, value, currency: CURRENCY, products },
  });
  const goesThrough = (1 - BREAKS_OFF) * (isBadRelease(life.cursor) ? 0.5 : 1);
  if (fate.arrives === undefined && !draws.chance(goesThrough)) {
    if (isBadRelease(life.cursor)) life.mood = Math.max(-1, life.mood - 0.2);
    return;
  }
  if (!life.known[device]) {
    if (Number.isFinite(customer.loginVisit) && draws.chance(0.75)) yield* logIn(life, device);
    else yield* giveEmail(life, device);
  }
  yield track(life, {
    from: device,
    at: pause(life),
    event: 'Payment Info Entered',
    properties: { checkout_id: orderId, order_id: orderId, step: 3, payment_method: 'card' },
    context: { externalIds: [cardId(life)] },
  });
  yield* completeOrder(life, { ...fate, orderId, device, discount: discountToday(life, life.cursor) });
}

/** The payment card as an outside id, in the form that Segment's identity graph takes. */
export function cardId(life: Life): { readonly [key: string]: string } {
  return { id: life.customer.identity.card, type: 'card_token', collection: 'users', encoding: 'none' };
}
