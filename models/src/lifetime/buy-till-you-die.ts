import { type BgNbd, expectedPurchases, fitBgNbd } from '../value/bg-nbd.js';
import { expectedValue, fitGammaGamma, type GammaGamma } from '../value/gamma-gamma.js';
import { fitParetoNbd, type ParetoNbd, purchasesAhead } from '../value/pareto-nbd.js';
import type { PurchaseSummary } from '../value/purchase-summary.js';

/** The classical estimates of what customers are worth: two models of how often they buy, one of what they spend. */
export type BuyTillYouDie = {
  readonly bgNbd: BgNbd;
  readonly paretoNbd: ParetoNbd;
  readonly spending: GammaGamma;
};

/** Four parameters are known well enough from so many customers; more would only take longer. */
const MOST_CUSTOMERS = 5_000;

/** Null where there are too few who came back to fit it. */
export function fitBuyTillYouDie(customers: readonly PurchaseSummary[]): BuyTillYouDie | null {
  const step = Math.ceil(customers.length / MOST_CUSTOMERS);
  const chosen = customers.filter((_, index) => index % step === 0);
  try {
    return {
      bgNbd: fitBgNbd(chosen),
      paretoNbd: fitParetoNbd(chosen),
      spending: fitGammaGamma(chosen),
    };
  } catch {
    return null;
  }
}

/** Spending to expect of a customer in the next `days` days by each of the two, in the unit of the orders. */
export function expectedSpending(
  { bgNbd, paretoNbd, spending }: BuyTillYouDie,
  customer: PurchaseSummary,
  days: number,
): { readonly bgNbd: number; readonly paretoNbd: number } {
  const each = expectedValue(spending, customer);
  return {
    bgNbd: Math.max(0, expectedPurchases(bgNbd, customer, days) * each),
    paretoNbd: purchasesAhead(paretoNbd, customer, days) * each,
  };
}

/** How much more all customers together are expected to buy in a year than in `days` days. */
export function yearOver(
  { paretoNbd }: BuyTillYouDie,
  customers: readonly PurchaseSummary[],
  days: number,
): number {
  const sum = (horizon: number) =>
    customers.reduce((total, customer) => total + purchasesAhead(paretoNbd, customer, horizon), 0);
  return sum(365) / sum(days);
}
