import { pick, pickIndex } from '../chance/pick.js';
import { squash } from '../chance/squash.js';
import { outageOn } from '../world/calendar.js';
import { CATEGORIES } from '../world/categories.js';
import { DAY, HOUR } from '../world/local-time.js';
import { PRODUCTS, type Product } from '../world/products.js';
import { addToBasket, buyingLogit, dropStaleBasket } from './basket.js';
import { checkout } from './checkout.js';
import { converse } from './conversation.js';
import { page, track } from './emit.js';
import type { Choice, Life, LifeItem, Scene } from './life.js';
import { logIn } from './log-in.js';
import { offer } from './offer.js';
import { pause } from './pause.js';
import { CURRENCY, productProperties } from './product-properties.js';

/** One session: arrive, perhaps log in, look around, perhaps buy or leave a basket behind. */
export function* visit(life: Life, at: number): Scene {
  if (life.leftAt !== undefined) return;
  const { draws, customer } = life;
  const device = draws.chance(customer.secondDevice) ? 1 : 0;
  life.lastDevice = device;
  life.visits += 1;
  life.lastVisit = at;
  dropStaleBasket(life, at);
  const outage = outageOn(at);
  if (outage !== undefined && at >= outage.from && at < outage.to) {
    yield* standBeforeClosedDoors(life, device, at);
    return;
  }
  yield page(life, { from: device, at, name: 'Home', path: '/' });
  if (!life.known[device] && life.visits >= customer.loginVisit && draws.chance(0.7)) {
    yield* logIn(life, device);
  }
  const early = draws.chance(0.35);
  if (early) yield* offer(life, { channel: 'web', placement: 'home' }, device);
  const seen = yield* look(life, device);
  if (!early && draws.chance(0.7)) yield* offer(life, { channel: 'web', placement: 'product' }, device);
  if (draws.chance(squash(buyingLogit(life, life.cursor)))) {
    yield* addToBasket(life, device, seen.slice(0, 1 + draws.count(0.5)));
    yield* checkout(life, device);
  } else if (draws.chance(0.14)) {
    yield* addToBasket(life, device, seen.slice(0, 1));
    if (draws.chance(0.5)) yield* offer(life, { channel: 'web', placement: 'cart' }, device);
    if (life.boostUntil > life.cursor && draws.chance(0.3)) yield* checkout(life, device);
  } else if (draws.chance(0.025)) {
    const topic =
      seen[0]?.category === 'sport' || seen[0]?.category === 'outdoor' ? 'size_question' : 'product_question';
    yield* converse(life, { topic, at: pause(life) });
  }
}

/** A search or a list, then some products, mostly of the categories they like. */
function* look(life: Life, device: 0 | 1): Generator<LifeItem, Product[], Choice | undefined> {
  const { draws } = life;
  const shelf = nextShelf(life);
  const category = shelf[0]?.category ?? CATEGORIES[0];
  life.lastLookedAt = category;
  if (draws.chance(0.4)) {
    const query = draws.chance(0.5) ? category : pick(draws, shelf).name.toLowerCase();
    yield track(life, { from: device, at: pause(life), event: 'Products Searched', properties: { query } });
  } else {
    const sorted = draws.chance(life.tastes.priceSensitivity * 0.6)
      ? { sorts: [{ type: 'price', value: 'asc' }] }
      : {};
    yield track(life, {
      from: device,
      at: pause(life),
      event: 'Product List Viewed',
      properties: { list_id: category, category, ...sorted },
    });
  }
  const seen: Product[] = [];
  const views = 1 + draws.count(0.65);
  for (let view = 0; view < views; view += 1) {
    const product = pick(draws, draws.chance(0.65) ? shelf : nextShelf(life));
    seen.push(product);
    const properties = { ...productProperties(product), currency: CURRENCY, quantity: 1 };
    yield track(life, { from: device, at: pause(life), event: 'Product Viewed', properties });
    if (draws.chance(0.04)) {
      yield track(life, {
        from: device,
        at: pause(life),
        event: 'Product Added to Wishlist',
        properties: {
          wishlist_id: `w-${life.customer.index}`,
          wishlist_name: 'Later',
          ...productProperties(product),
        },
      });
    }
  }
  return seen;
}

/** The products of a category, the more they like it the more often. */
const nextShelf = (life: Life): readonly Product[] =>
  PRODUCTS[pickIndex(life.draws, life.tastes.shares)] ?? [];

function* standBeforeClosedDoors(life: Life, device: 0 | 1, at: number): Scene {
  yield page(life, { from: device, at, name: 'Back soon', path: '/back-soon' });
  life.mood = Math.max(-1, life.mood - 0.25);
  if (life.draws.chance(0.2)) {
    yield* converse(life, { topic: 'outage', at: pause(life) });
  } else if (life.draws.chance(0.4)) {
    const later = at + life.draws.wait(0.5 * DAY) + 2 * HOUR;
    life.agenda.push({ at: later, play: 'visit' });
  }
}
