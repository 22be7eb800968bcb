import { numberWords } from './number-words';

/** Currencies whose sign stands before the amount without a space; others are left to `Intl`, which takes its time. */
const SIGNS: ReadonlyMap<string, string> = new Map([
  ['EUR', '€'],
  ['GBP', '£'],
  ['USD', '$'],
  ['JPY', '¥'],
  ['INR', '₹'],
]);

/** An amount in a shop's currency; pence only where they matter (below 100). */
export function money(amount: number, currency: string | null): string {
  const digits = Math.abs(amount) < 100 && !Number.isInteger(amount) ? 2 : 0;
  const said = numberWords(amount, { least: digits, most: digits });
  if (currency === null) return said;
  const sign = SIGNS.get(currency.toUpperCase());
  if (sign !== undefined) return said.startsWith('-') ? `-${sign}${said.slice(1)}` : sign + said;
  try {
    return new Intl.NumberFormat('en-GB', {
      style: 'currency',
      currency,
      currencyDisplay: 'narrowSymbol',
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    }).format(amount);
  } catch {
    // Not an ISO code: the shop's own word for its money.
    return `${said} ${currency}`;
  }
}
