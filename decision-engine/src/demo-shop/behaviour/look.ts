import { pick, pickIndex } from '../chance/pick.js';
import { CATEGORIES } from '../world/categories.js';
import { PRODUCTS, type Product } from '../world/products.js';
import { track } from './emit.js';
import type { Choice, Life, LifeItem } from './life.js';
import { pause } from './pause.js';
import { CURRENCY, productProperties } from './product-properties.js';

/** A search or a list, then some products, mostly of the categories they like. */
export function* look(life: Life, device: 0 | 1): Generator<LifeItem, Product[], Choice | undefined> {
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
  const views = 1 + draws.count(1.1);
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
