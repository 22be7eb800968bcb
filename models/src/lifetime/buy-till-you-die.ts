import { type BgNbd, expectedPurchases, fitBgNbd } from '../value/bg-nbd.js';
import { expectedValue, fitGammaGamma, type GammaGamma } from '../value/gamma-gamma.js';
import type { PurchaseSummary } from '../value/purchase-summary.js';

/** BG/NBD and Gamma-Gamma fitted together: the classical estimate of what customers are worth. */
export type BuyTillYouDie = { readonly purchases: BgNbd; readonly spending: GammaGamma };

/** Null where there are too few who came back to fit it. */
export function fitBuyTillYouDie(customers: readonly PurchaseSummary[]): BuyTillYouDie | null {
  try {
    return { purchases: fitBgNbd(customers), spending: fitGammaGamma(customers) };
  } catch {
    return null;
  }
}

/** Spending to expect in the next `days` days, in the unit of the orders. */
export function expectedSpending(model: BuyTillYouDie, customer: PurchaseSummary, days: number): number {
  return Math.max(
    0,
    expectedPurchases(model.purchases, customer, days) * expectedValue(model.spending, customer),
  );
}

/** How much more all customers together are expected to buy in a year than in `days` days. */
export function yearOver(model: BuyTillYouDie, customers: readonly PurchaseSummary[], days: number): number {
  const sum = (horizon: number) =>
    customers.reduce((total, customer) => total + expectedPurchases(model.purchases, customer, horizon), 0);
  return sum(365) / sum(days);
}
