import { pick, pickIndex } from '../chance/pick.js';
import { MINUTE } from '../world/local-time.js';
import { PRODUCTS } from '../world/products.js';
import { cardId } from './checkout.js';
import { identify, track } from './emit.js';
import type { Life, Scene } from './life.js';
import { accountTraits } from './log-in.js';
import { basketProperties, CURRENCY, pence } from './product-properties.js';

/**
 * Buys at the till. The till knows the card alone and calls itself an anonymous visitor; when the customer shows the
 * app, it says whose card it is.
 */
export function* storePurchase(life: Life): Scene {
  if (life.leftAt !== undefined) return;
  const { draws, customer } = life;
  const shelf = PRODUCTS[pickIndex(draws, life.tastes.shares)] ?? [];
  const lines = [{ product: pick(draws, shelf), quantity: 1 + draws.count(0.3) }];
  const total = pence(lines.reduce((sum, { product, quantity }) => sum + product.price * quantity, 0));
  const till = `till-${customer.identity.card}`;
  const showsApp = life.registered && draws.chance(0.6);
  if (showsApp) {
    const traits = { ...accountTraits(life), card: customer.identity.card };
    yield identify(life, { from: 'server', at: life.cursor, traits, anonymousId: till });
  }
  yield track(life, {
    from: 'server',
    at: life.cursor + MINUTE,
    event: 'Order Completed',
    properties: {
      order_id: `s-${customer.index.toString(36)}-${(life.cursor / 1000).toFixed(0)}`,
      affiliation: 'Store, Bridge Street',
      subtotal: total,
      discount: 0,
      shipping: 0,
      revenue: total,
      total,
      currency: CURRENCY,
      products: basketProperties(lines),
    },
    context: { channel: 'store', externalIds: [cardId(life)] },
    till,
  });
  life.orders += 1;
  life.lastOrder = life.cursor;
}
