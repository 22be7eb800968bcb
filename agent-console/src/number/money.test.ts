import { describe, expect, it } from 'vitest';
import { money } from './money';

describe('money', () => {
  it.each([
    [1204.5, 'GBP', '£1,205'],
    [12.5, 'GBP', '£12.50'],
    [38, 'EUR', '€38'],
    [-4.2, 'USD', '-$4.20'],
    [12, 'PLN', 'zł\u00a012'],
    [7, 'points', '7 points'],
    [7, null, '7'],
  ])('%d %s reads %j', (amount, currency, text) => {
    expect(money(amount, currency)).toBe(text);
  });

  it.each(['EUR', 'GBP', 'USD', 'JPY', 'INR'])('has the sign of %s that Intl has', (currency) => {
    const format = new Intl.NumberFormat('en-GB', {
      style: 'currency',
      currency,
      currencyDisplay: 'narrowSymbol',
      maximumFractionDigits: 0,
    });
    for (const amount of [1, -1, 1_234_567]) expect(money(amount, currency)).toBe(format.format(amount));
  });
});
