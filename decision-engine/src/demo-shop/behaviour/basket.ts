import { isSale, SALE_DISCOUNT } from '../world/calendar.js';
import type { Product } from '../world/products.js';
import { track } from './emit.js';
import type { Life, Scene } from './life.js';
import { pause } from './pause.js';
import { CURRENCY, productProperties } from './product-properties.js';
import { openBasket } from './situation.js';

/** The share off that the customer gets today: the better of the sale and their coupon. */
export function discountToday(life: Life, at: number): number {
  const sale = isSale(at) ? SALE_DISCOUNT : 0;
  const coupon = life.coupon !== undefined && life.coupon.until > at ? life.coupon.share : 0;
  return Math.max(sale, coupon);
}

/** Log odds of buying in this visit. Those who learned to wait for offers buy little without one. */
export function buyingLogit(life: Life, at: number): number {
  const boost = at < life.boostUntil ? life.boost : 0;
  return buyingLogitWith(life, { discount: discountToday(life, at), boost });
}

/** The same with another discount and another push than today's. */
export function buyingLogitWith(
  life: Life,
  { discount, boost }: { readonly discount: number; readonly boost: number },
): number {
  const price = life.tastes.priceSensitivity;
  return (
    -1 +
    life.customer.buying +
    1.2 * (life.engagement - 1) +
    (discount > 0 ? 5 * discount * price : -1.1 * life.waits - 0.3 * price) +
    boost +
    (life.basket.length > 0 ? 0.5 : 0) +
    (life.plus ? 0.4 : 0) +
    0.5 * Math.min(0, life.mood)
  );
}

export function dropStaleBasket(life: Life, at: number): void {
  if (!openBasket(life, at)) life.basket = [];
}

export function* addToBasket(life: Life, device: 0 | 1, products: readonly Product[]): Scene {
  for (const product of products) {
    const there = life.basket.find((line) => line.product === product);
    const quantity = product.price < 30 && life.draws.chance(0.15) ? 2 : 1;
    if (there === undefined) life.basket.push({ product, quantity });
    else there.quantity += quantity;
    life.basketSince = life.cursor;
    yield track(life, {
      from: device,
      at: pause(life),
      event: 'Product Added',
      properties: { cart_id: cartId(life), ...productProperties(product), currency: CURRENCY, quantity },
    });
    if (life.basket.length > 1 && life.draws.chance(0.08)) yield* takeOut(life, device);
  }
}

function* takeOut(life: Life, device: 0 | 1): Scene {
  const line = life.basket.shift();
  if (line === undefined) return;
  yield track(life, {
    from: device,
    at: pause(life),
    event: 'Product Removed',
    properties: { cart_id: cartId(life), ...productProperties(line.product), quantity: line.quantity },
  });
}

/** One basket after another: a new one begins with each order. */
export function cartId(life: Life): string {
  return `cart-${life.customer.index.toString(36)}-${life.orders}`;
}
