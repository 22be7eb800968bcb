import { describe, expect, it } from 'vitest';
import { money } from './money';

describe('money', () => {
  it.each([
    [1204.5, 'GBP', '£1,205'],
    [12.5, 'GBP', '£12.50'],
    [38, 'EUR', '€38'],
    [-4.2, 'USD', '-$4.20'],
    [7, 'points', '7 points'],
    [7, null, '7'],
  ])('%d %s reads %j', (amount, currency, text) => {
    expect(money(amount, currency)).toBe(text);
  });
});
