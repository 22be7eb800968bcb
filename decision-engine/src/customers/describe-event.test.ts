import { describe, expect, test } from 'vitest';
import { describeEvent } from './describe-event.js';

const track = (name: string, properties = {}) =>
  describeEvent({ type: 'track', name, properties, context: {} });

describe('describeEvent', () => {
  test('says what was bought and for how much', () => {
    expect(
      track('Order Completed', { total: 45, currency: 'GBP', products: [{ name: 'Lamp' }, { name: 'Mug' }] }),
    ).toEqual({ title: 'Ordered for £45.00', detail: 'Lamp, Mug' });
  });

  test('counts the products it does not name', () => {
    const products = ['A', 'B', 'C', 'D', 'E'].map((name) => ({ name }));
    expect(track('Order Completed', { products }).detail).toBe('A, B, C and 2 more');
  });

  test('says what was put into the basket', () => {
    expect(track('Product Added', { name: 'Lamp', price: 12.5, currency: 'EUR', category: 'Home' })).toEqual({
      title: 'Put in the basket: Lamp',
      detail: '€12.50 · Home',
    });
  });

  test('an event it does not know is shown under its name', () => {
    expect(track('Loyalty Card Scanned')).toEqual({ title: 'Loyalty card scanned', detail: '' });
  });

  test('a page without a name is shown by its path', () => {
    expect(describeEvent({ type: 'page', name: '', properties: { path: '/sale' }, context: {} })).toEqual({
      title: 'Visited /sale',
      detail: '/sale',
    });
  });
});
