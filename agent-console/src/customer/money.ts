/** An amount in a shop's currency; pence only where they matter (below 100). */
export function money(amount: number, currency: string | null): string {
  const small = Math.abs(amount) < 100 && !Number.isInteger(amount);
  const digits = { minimumFractionDigits: small ? 2 : 0, maximumFractionDigits: small ? 2 : 0 };
  if (currency === null) return new Intl.NumberFormat('en-GB', digits).format(amount);
  try {
    return new Intl.NumberFormat('en-GB', {
      style: 'currency',
      currency,
      currencyDisplay: 'narrowSymbol',
      ...digits,
    }).format(amount);
  } catch {
    // Not an ISO code: the shop's own word for its money.
    return `${new Intl.NumberFormat('en-GB', digits).format(amount)} ${currency}`;
  }
}
