import { describe, expect, it } from 'vitest';
import { holdOrder } from './hold-order';

describe('holdOrder', () => {
  it('follows the newest order while nothing holds it', () => {
    expect(holdOrder(['a', 'b'], ['c', 'b', 'a'], false)).toEqual({
      order: ['c', 'b', 'a'],
      waiting: 0,
      moved: false,
    });
  });

  it('moves nothing under the pointer, and counts who waits', () => {
    expect(holdOrder(['a', 'b', 'c'], ['x', 'c', 'y', 'a', 'b'], true)).toEqual({
      order: ['a', 'b', 'c'],
      waiting: 2,
      moved: true,
    });
  });

  it('keeps who left in place until it is let go', () => {
    expect(holdOrder(['a', 'b'], ['b'], true)).toEqual({ order: ['a', 'b'], waiting: 0, moved: true });
  });

  it('adds further pages at the end even while held', () => {
    expect(holdOrder(['a', 'b'], ['a', 'b', 'c', 'd'], true)).toEqual({
      order: ['a', 'b', 'c', 'd'],
      waiting: 0,
      moved: false,
    });
  });

  it('has nothing to hold at first', () => {
    expect(holdOrder([], ['a'], true).order).toEqual(['a']);
  });

  it('keeps the same list when nothing changed, so that nothing renders', () => {
    const shown = ['a', 'b'];
    expect(holdOrder(shown, ['a', 'b'], true).order).toBe(shown);
  });
});
