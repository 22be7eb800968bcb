import type { PurchaseSummary } from './purchase-summary.js';

/** What models of purchases know of a customer; times are days. */
export type Observed = Pick<PurchaseSummary, 'repeats' | 'recency' | 'age'>;

/** Customers who look the same to such a model, counted once: most bought once, on few different days. */
export function groupBySameHistory(
  customers: readonly Observed[],
): { readonly customer: Observed; readonly count: number }[] {
  const groups = new Map<string, { customer: Observed; count: number }>();
  for (const customer of customers) {
    const key = `${customer.repeats}/${customer.recency}/${customer.age}`;
    const known = groups.get(key);
    groups.set(key, { customer, count: (known?.count ?? 0) + 1 });
  }
  return [...groups.values()];
}

/** @throws Error where nobody came back: then there is nothing to learn about returning. */
export function expectRepeats(customers: readonly Observed[]): void {
  if (customers.some(({ repeats }) => repeats > 0)) return;
  throw new Error(
    `Expected at least one customer with a second day of orders among ${customers.length}, got none: there is nothing to learn about returning.`,
  );
}
