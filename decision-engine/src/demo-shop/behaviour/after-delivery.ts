import { pick } from '../chance/pick.js';
import { clamp } from '../chance/squash.js';
import { DAY, HOUR } from '../world/local-time.js';
import { reviewText } from '../world/review-texts.js';
import { converse } from './conversation.js';
import { track } from './emit.js';
import type { BasketLine, Life, Scene } from './life.js';
import { CURRENCY, pence, productProperties } from './product-properties.js';

/** What follows a parcel: a broken thing, a return, a review, a thank you, or nothing. */
export function afterDelivery(life: Life, orderId: string, lines: readonly BasketLine[]): void {
  const { draws } = life;
  const at = life.cursor;
  if (draws.chance(0.045)) {
    life.mood = clamp(life.mood - 0.45, -1, 1);
    const contact = at + draws.wait(14 * HOUR);
    life.agenda.push({
      at: contact,
      play: () => converse(life, { topic: 'broken_item', at: life.cursor, orderId }),
    });
    return;
  }
  const back = lines.filter(({ product }) => draws.chance(product.returns));
  if (back.length > 0) {
    life.agenda.push({ at: at + (3 + draws.wait(5)) * DAY, play: () => refund(life, orderId, back) });
  } else {
    life.mood = clamp(life.mood + 0.15, -1, 1);
    life.engagement = clamp(life.engagement + 0.05, 0.2, 1.3);
  }
  if (draws.chance(0.11))
    life.agenda.push({ at: at + (2 + draws.wait(5)) * DAY, play: () => review(life, lines) });
  if (draws.chance(0.02)) {
    life.agenda.push({
      at: at + draws.wait(DAY),
      play: () => converse(life, { topic: 'praise', at: life.cursor, orderId }),
    });
  }
}

function* refund(life: Life, orderId: string, lines: readonly BasketLine[]): Scene {
  const total = lines.reduce((sum, { product, quantity }) => sum + product.price * quantity, 0);
  yield track(life, {
    from: 'server',
    at: life.cursor,
    event: 'Order Refunded',
    properties: {
      order_id: orderId,
      total: pence(total),
      currency: CURRENCY,
      products: lines.map(({ product, quantity }) => ({ ...productProperties(product), quantity })),
    },
  });
  if (life.leftAt === undefined && life.draws.chance(0.12)) {
    yield* converse(life, { topic: 'refund', at: life.cursor + 2 * HOUR, orderId });
  }
}

function* review(life: Life, lines: readonly BasketLine[]): Scene {
  if (life.leftAt !== undefined || lines.length === 0) return;
  const { product } = pick(life.draws, lines);
  const rating = clamp(Math.round(4.1 + 1.4 * life.mood + 0.8 * life.draws.normal()), 1, 5);
  yield track(life, {
    from: life.lastDevice,
    at: life.cursor,
    event: 'Product Reviewed',
    properties: {
      product_id: product.productId,
      review_id: `r-${life.customer.index.toString(36)}-${(life.cursor / 1000).toFixed(0)}`,
      review_body: reviewText(life.draws, rating),
      rating,
    },
  });
}
