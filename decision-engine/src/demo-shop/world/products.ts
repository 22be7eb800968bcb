import { CATEGORIES, type Category } from './categories.js';

/** Price in pounds; `returns` is the share that comes back. */
export type Product = {
  readonly productId: string;
  readonly sku: string;
  readonly name: string;
  readonly category: Category;
  readonly brand: string;
  readonly price: number;
  readonly returns: number;
};

type Shelf = {
  readonly brand: string;
  readonly returns: number;
  readonly goods: readonly (readonly [string, number])[];
};

const SHELVES: Record<Category, Shelf> = {
  kitchen: {
    brand: 'Larkfield',
    returns: 0.05,
    goods: [
      ['Carbon steel pan', 39],
      ['Chef’s knife', 54],
      ['Pasta roller', 62],
      ['Stand mixer', 289],
      ['Tea towels, set of 3', 14],
      ['Pepper mill', 28],
      ['Bread tin', 17],
      ['Espresso maker', 149],
    ],
  },
  garden: {
    brand: 'Mossgate',
    returns: 0.04,
    goods: [
      ['Hand trowel', 16],
      ['Seed box, herbs', 12],
      ['Watering can', 34],
      ['Cordless trimmer', 119],
      ['Raised bed', 79],
      ['Bird feeder', 22],
      ['Garden bench', 199],
      ['Pruning shears', 31],
    ],
  },
  outdoor: {
    brand: 'Skelter',
    returns: 0.11,
    goods: [
      ['Two-person tent', 179],
      ['Down sleeping bag', 139],
      ['Day pack 24 l', 69],
      ['Head torch', 35],
      ['Camp stove', 48],
      ['Rain jacket', 124],
      ['Walking poles', 57],
      ['Steel flask', 24],
    ],
  },
  audio: {
    brand: 'Ondine',
    returns: 0.09,
    goods: [
      ['Wireless headphones', 159],
      ['Earbuds', 79],
      ['Shelf speakers', 249],
      ['Turntable', 319],
      ['Portable radio', 58],
      ['Soundbar', 189],
      ['Speaker cable 5 m', 15],
      ['Record brush', 13],
    ],
  },
  books: {
    brand: 'Paper Kite',
    returns: 0.02,
    goods: [
      ['Bread at home', 22],
      ['Coast paths of Wales', 15],
      ['The quiet engine (novel)', 11],
      ['Birds by ear', 19],
      ['One-pot year', 24],
      ['Atlas of small islands', 29],
      ['Puzzles for trains', 9],
      ['Night garden (poems)', 12],
    ],
  },
  toys: {
    brand: 'Pebble & Co',
    returns: 0.06,
    goods: [
      ['Wooden train set', 49],
      ['Marble run', 36],
      ['Soft fox', 19],
      ['Building blocks', 32],
      ['Balance bike', 89],
      ['Watercolour box', 15],
      ['Dinosaur puzzle', 13],
      ['Kite', 21],
    ],
  },
  home: {
    brand: 'Harrow House',
    returns: 0.08,
    goods: [
      ['Wool blanket', 84],
      ['Linen bedding', 129],
      ['Table lamp', 59],
      ['Storage basket', 26],
      ['Bath towels, set of 4', 44],
      ['Scented candle', 18],
      ['Wall clock', 38],
      ['Rug 120 x 180', 169],
    ],
  },
  sport: {
    brand: 'Tarn',
    returns: 0.14,
    goods: [
      ['Running shoes', 109],
      ['Yoga mat', 34],
      ['Kettlebell 12 kg', 42],
      ['Swim goggles', 18],
      ['Cycling jersey', 64],
      ['Resistance bands', 16],
      ['Tennis racket', 94],
      ['Climbing shoes', 99],
    ],
  },
};

function stock(category: Category, shelfNumber: number): Product[] {
  const shelf = SHELVES[category];
  return shelf.goods.map(([name, price], index) => ({
    productId: `p-${shelfNumber + 1}0${index + 1}`,
    sku: `${category.slice(0, 3).toUpperCase()}-${shelfNumber + 1}0${index + 1}`,
    name,
    category,
    brand: shelf.brand,
    price,
    returns: shelf.returns,
  }));
}

/** Products by category, in the order of {@link CATEGORIES}. */
export const PRODUCTS: readonly (readonly Product[])[] = CATEGORIES.map(stock);

/** Margin before discount, as a share of the price. */
export const MARGIN = 0.38;
