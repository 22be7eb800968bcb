import { z } from 'zod';
import type { JsonObject, JsonValue, SegueEvent } from '../events/segue-event.js';
import { addToLedger, dayLedgerSchema, emptyLedger, markDay, sumsSince, totals } from './day-ledger.js';
import type { FeatureFamily } from './feature-family.js';
import { categoryOf, isObject, orderProducts, textOf } from './order-facts.js';
import { dayOf, daysSince, laterOf } from './time-units.js';

const KEPT_CATEGORIES = 32;
/** Weeks of interest kept per category; after that a half-life of four weeks has left a sixteenth. */
const KEPT_WEEKS = 16;
const HALF_LIFE_WEEKS = 4;
const LASTING_HALF_LIFE_DAYS = 182;
/** Days on which interest was shown, kept one by one per category. */
const KEPT_SEEN_DAYS = 40;
const KEPT_DAYS = 91;

const categorySchema = z.object({
  name: z.string(),
  last: z.number(),
  /** Points per week (day number divided by 7). */
  weeks: dayLedgerSchema,
  /** One per day on which interest was shown, however much. */
  seen: dayLedgerSchema,
});
const schema = z.object({
  /** The categories of latest interest, latest first. */
  categories: z.array(categorySchema),
  /** Columns: products viewed, searches, wishes, lists seen, lists sorted by price. */
  ledger: dayLedgerSchema,
  lastView: z.number().nullable(),
});
export type InterestState = z.infer<typeof schema>;
type CategoryInterest = z.infer<typeof categorySchema>;

export type InterestView = {
  /** Share of the interest of late per category, largest first. */
  readonly shares: readonly { readonly category: string; readonly share: number }[];
  readonly points: number;
  readonly windows: ReadonlyMap<number, readonly number[]>;
  readonly totals: readonly number[];
  readonly daysSinceView: number;
};

/** How much an event tells of interest in its category. */
const POINTS: Readonly<Record<string, number>> = {
  'Product List Viewed': 1,
  'Product Clicked': 1,
  'Product Viewed': 1,
  'Product Added to Wishlist': 3,
  'Product Added': 3,
  'Order Completed': 5,
};
const COLUMN: Readonly<Record<string, readonly number[]>> = {
  'Product Viewed': [1, 0, 0, 0, 0],
  'Products Searched': [0, 1, 0, 0, 0],
  'Product Added to Wishlist': [0, 0, 1, 0, 0],
};
const LIST = [0, 0, 0, 1, 0];
const LIST_BY_PRICE = [0, 0, 0, 1, 1];

function update(state: InterestState, event: SegueEvent): InterestState {
  if (event.type !== 'track') {
    return state;
  }
  const time = event.timestamp.getTime();
  const points = POINTS[event.name];
  const amounts = amountsOf(event);
  if (points === undefined && amounts === undefined) {
    return state;
  }
  return {
    categories: points === undefined ? state.categories : withPoints(state.categories, event, points),
    ledger:
      amounts === undefined
        ? state.ledger
        : addToLedger(state.ledger, dayOf(time), { amounts, keep: KEPT_DAYS }),
    lastView: event.name === 'Product Viewed' ? laterOf(state.lastView, time) : state.lastView,
  };
}

function amountsOf(event: SegueEvent): readonly number[] | undefined {
  if (event.name === 'Product List Viewed' || event.name === 'Product List Filtered') {
    return isByPrice(event.properties) ? LIST_BY_PRICE : LIST;
  }
  return COLUMN[event.name];
}

/** Segment's `sorts`: a list of `{ type, value }`. */
function isByPrice({ sorts }: JsonObject): boolean {
  const names: readonly JsonValue[] = Array.isArray(sorts) ? sorts : [];
  return names.some((sort) => isObject(sort) && textOf(sort['type'])?.toLowerCase() === 'price');
}

function withPoints(known: CategoryInterest[], event: SegueEvent, points: number): CategoryInterest[] {
  const time = event.timestamp.getTime();
  const week = Math.floor(dayOf(time) / 7);
  const names = new Set(orderProducts(event.properties).flatMap((product) => product.category ?? []));
  const own = categoryOf(event.properties);
  if (own !== undefined) {
    names.add(own);
  }
  if (names.size === 0) {
    return known;
  }
  const untouched = known.filter((category) => !names.has(category.name));
  const touched = [...names].map((name) => {
    const before = known.find((category) => category.name === name);
    return {
      name,
      last: Math.max(before?.last ?? time, time),
      weeks: addToLedger(before?.weeks ?? emptyLedger(1), week, { amounts: [points], keep: KEPT_WEEKS }),
      seen: markDay(before?.seen ?? emptyLedger(1), dayOf(time), KEPT_SEEN_DAYS),
    };
  });
  return [...touched, ...untouched]
    .sort((a, b) => b.last - a.last || (a.name < b.name ? -1 : 1))
    .slice(0, KEPT_CATEGORIES);
}

function ofLate(state: InterestState, now: number): Pick<InterestView, 'shares' | 'points'> {
  const week = Math.floor(dayOf(now) / 7);
  const weights = state.categories.map((category) => ({
    category: category.name,
    weight: decayed(category, week),
  }));
  const points = weights.reduce((sum, { weight }) => sum + weight, 0);
  return {
    shares: weights
      .map(({ category, weight }) => ({ category, share: points === 0 ? 0 : weight / points }))
      .sort((a, b) => b.share - a.share || (a.category < b.category ? -1 : 1)),
    points,
  };
}

function view(state: InterestState, now: number): InterestView {
  return {
    ...ofLate(state, now),
    windows: new Map([7, 30].map((days) => [days, sumsSince(state.ledger, dayOf(now) - days)])),
    totals: totals(state.ledger),
    daysSinceView: daysSince(state.lastView, now),
  };
}

/** Points that halve every four weeks. */
function decayed(category: CategoryInterest, week: number): number {
  return category.weeks.days.reduce((sum, seen, index) => {
    const age = Math.max(0, week - seen);
    return sum + (category.weeks.rows[index] ?? 0) * 2 ** (-age / HALF_LIFE_WEEKS);
  }, 0);
}

/** Days that count half after half a year; those no longer kept count as if they were the oldest kept one. */
function lastingDays({ seen }: CategoryInterest, today: number): number {
  const fade = (day: number) => 2 ** (-Math.max(0, today - day) / LASTING_HALF_LIFE_DAYS);
  const older = (seen.older[0] ?? 0) * fade(seen.days[0] ?? today);
  return seen.days.reduce((sum, day) => sum + fade(day), older);
}

/** What a customer is interested in, by lower-case name of the category. */
type CategoryShares = {
  /** All interest of late. */
  readonly points: number;
  /** Share of it, 0 to 1, per category. */
  readonly shares: ReadonlyMap<string, number>;
  /**
   * Days per category on which interest was shown, fading by half in half a year: taste rather than mood. Days and not
   * points, as ten looks in a visit tell hardly more of a taste than one.
   */
  readonly lasting: ReadonlyMap<string, number>;
};

export function categoryShares(state: InterestState, now: Date): CategoryShares {
  const { points, shares } = ofLate(state, now.getTime());
  const today = dayOf(now.getTime());
  return {
    points,
    shares: new Map(shares.map(({ category, share }) => [category, share])),
    lasting: new Map(state.categories.map((category) => [category.name, lastingDays(category, today)])),
  };
}

/**
 * Browsing and what it is about. Interest decays with a half-life of four weeks. With more than 32 categories at a time
 * those of oldest interest are forgotten, and only then can the order of arrival leave a trace.
 */
export const interest: FeatureFamily<InterestState, InterestView> = {
  name: 'interest',
  version: 2,
  schema,
  empty: { categories: [], ledger: emptyLedger(5), lastView: null },
  update,
  view,
  features: [
    ...[7, 30].flatMap((days) => [
      {
        name: `products_viewed_${days}d`,
        unit: 'count' as const,
        description: `Products viewed in the last ${days} days`,
        value: (v: InterestView) => v.windows.get(days)?.[0] ?? 0,
      },
      {
        name: `searches_${days}d`,
        unit: 'count' as const,
        description: `Searches in the last ${days} days`,
        value: (v: InterestView) => v.windows.get(days)?.[1] ?? 0,
      },
    ]),
    {
      name: 'wishes_30d',
      unit: 'count',
      description: 'Products put on the wishlist in the last 30 days',
      value: (v) => v.windows.get(30)?.[2] ?? 0,
    },
    {
      name: 'days_since_product_view',
      unit: 'days',
      description: 'Days since a product was viewed',
      value: (v) => v.daysSinceView,
    },
    {
      name: 'price_sort_share',
      unit: 'share',
      description: 'Part of the product lists that were sorted by price',
      value: (v) => ((v.totals[3] ?? 0) > 0 ? (v.totals[4] ?? 0) / (v.totals[3] ?? 1) : Number.NaN),
    },
    { name: 'interest_points', unit: 'score', description: 'Interest shown of late', value: (v) => v.points },
    {
      name: 'interest_categories',
      unit: 'count',
      description: 'Categories of interest',
      value: (v) => v.shares.length,
    },
    {
      name: 'interest_top_share',
      unit: 'share',
      description: 'Part of the interest that goes to the favourite category',
      value: (v) => v.shares[0]?.share ?? Number.NaN,
    },
  ],
};
