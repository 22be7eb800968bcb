import { describe, expect, test } from 'vitest';
import { areSameTraits, type CountedEvent, computeTraits } from './compute-traits.js';
import { computedTraitsSchema } from './computed-trait.js';

const DAY = 86_400_000;
const NOW = new Date('2026-11-22T12:00:00Z');
const before = (days: number): Date => new Date(NOW.getTime() - days * DAY);

function order(days: number, total: number, ...categories: string[]): CountedEvent {
  const products = categories.map((category) => ({ category, price: total }));
  return { name: 'Order Completed', timestamp: before(days), properties: { total, products } };
}
const EVENTS: readonly CountedEvent[] = [
  order(100, 50, 'tea', 'cups'),
  { name: 'Product Viewed', timestamp: before(30), properties: { category: 'tea' } },
  order(20, 30, 'coffee'),
  order(10, 70, 'tea'),
  order(2, 10, 'cups', 'tea'),
];

function computedValue(definition: object, events = EVENTS, now = NOW) {
  const traits = computedTraitsSchema.parse([
    { traitId: 'x', name: 'X', events: ['Order Completed'], ...definition },
  ]);
  return computeTraits(traits, events, { now })['x']?.value;
}

describe('a computed trait', () => {
  test.each([
    [{ compute: 'count' }, 4],
    [{ compute: 'count', within: '90d' }, 3],
    [{ compute: 'sum', property: 'total' }, 160],
    [{ compute: 'sum', property: 'total', within: '15d' }, 80],
    [{ compute: 'average', property: 'total' }, 40],
    [{ compute: 'minimum', property: 'total' }, 10],
    [{ compute: 'maximum', property: 'total' }, 70],
    [{ compute: 'distinct', property: 'products.category' }, 3],
    [{ compute: 'first', property: 'products.category' }, 'tea'],
    [{ compute: 'last', property: 'products.category' }, 'tea'],
    [{ compute: 'mostFrequent', property: 'products.category' }, 'tea'],
    [{ compute: 'firstAt' }, before(100)],
    [{ compute: 'lastAt' }, before(2)],
    [{ compute: 'count', where: { 'products.category': ['coffee', 'cups'] } }, 3],
    [{ compute: 'count', where: { total: 70, 'products.category': 'tea' } }, 1],
    [{ compute: 'count', events: ['Order Completed', 'Product Viewed'] }, 5],
    [{ compute: 'sum', property: 'products.category' }, 0],
    [{ compute: 'sum', property: 'nowhere.at.all' }, 0],
    [{ compute: 'count', where: { constructor: 'x' } }, 0],
  ])('%j is %s', (definition, wanted) => {
    expect(computedValue(definition)).toEqual(wanted);
  });

  test('of those equally frequent the latest', () => {
    expect(
      computedValue({ compute: 'mostFrequent', property: 'products.category' }, EVENTS.slice(0, 3)),
    ).toBe('coffee');
  });

  test('of nothing: numbers that count are 0, everything else is not known', () => {
    const of = (compute: string, property?: string) =>
      computedValue({ compute, ...(property === undefined ? {} : { property }) }, []);
    expect([of('count'), of('sum', 'total'), of('distinct', 'total')]).toEqual([0, 0, 0]);
    expect([of('average', 'total'), of('last', 'total'), of('mostFrequent', 'total'), of('firstAt')]).toEqual(
      [undefined, undefined, undefined, undefined],
    );
  });

  test('an event leaves the window at its very end, and one of the future is not in it yet', () => {
    const at = { compute: 'count', within: '10d' };
    expect(computedValue(at, EVENTS, new Date(before(10).getTime() + 10 * DAY - 1))).toBe(2);
    expect(computedValue(at)).toBe(1);
    expect(computedValue({ compute: 'count' }, EVENTS, before(5))).toBe(3);
  });

  test('a value keeps the time since when it is so', () => {
    const traits = computedTraitsSchema.parse([
      { traitId: 'orders', name: 'Orders', events: ['Order Completed'], compute: 'count', within: '15d' },
      { traitId: 'last', name: 'Last', events: ['Order Completed'], compute: 'lastAt' },
    ]);
    const first = computeTraits(traits, EVENTS, { now: NOW });
    const later = new Date(NOW.getTime() + 6 * DAY);
    const second = computeTraits(traits, EVENTS, { before: first, now: later });
    expect(second).toEqual({ orders: { value: 1, at: later }, last: first['last'] });
    expect(areSameTraits(first, second)).toBe(false);
    expect(areSameTraits(second, computeTraits(traits, EVENTS, { now: later }))).toBe(true);
  });

  test.each([
    [{ compute: 'sum' }, 'property'],
    [{ compute: 'count', property: 'total' }, 'property'],
    [{ compute: 'count', traitId: 'Not a name' }, 'traitId'],
    [{ compute: 'count', within: 'a while' }, 'within'],
    [{ compute: 'median', property: 'total' }, 'compute'],
    [{ compute: 'sum', property: 'a..b' }, 'property'],
    [{ compute: 'count', where: { $gt: 1 } }, 'where'],
  ])('%j is refused at %s', (definition, at) => {
    const parsed = computedTraitsSchema.safeParse([
      { traitId: 'x', name: 'X', events: ['Order Completed'], ...definition },
    ]);
    expect(parsed.error?.issues[0]?.path[1]).toBe(at);
  });
});
