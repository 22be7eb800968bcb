import type { CustomerHistory } from '../events/segue-event.js';
import { isOrder, orderCents } from '../features/order-facts.js';
import { DAY_MS, dayOf } from '../features/time-units.js';

/** What buy-till-you-die models know of a customer. Times are days. */
export type PurchaseSummary = {
  /** Days with an order after the first one. */
  readonly repeats: number;
  /** From the first to the last day with an order; 0 without repeats. */
  readonly recency: number;
  /** From the first day with an order to the end of the observation. */
  readonly age: number;
  /** Average spent on a repeat day; 0 without repeats. */
  readonly repeatValue: number;
};

/** Sums up the orders before `until`; undefined where there are none. Several orders of one day count as one. */
export function summarisePurchases(history: CustomerHistory, until: Date): PurchaseSummary | undefined {
  const spentOn = new Map<number, number>();
  for (const event of history.events) {
    if (isOrder(event) && event.timestamp < until) {
      const day = dayOf(event.timestamp.getTime());
      spentOn.set(day, (spentOn.get(day) ?? 0) + orderCents(event.properties) / 100);
    }
  }
  const days = [...spentOn.keys()].sort((a, b) => a - b);
  const [first] = days;
  const last = days.at(-1);
  if (first === undefined || last === undefined) {
    return undefined;
  }
  const repeats = days.length - 1;
  const spent = days.slice(1).reduce((sum, day) => sum + (spentOn.get(day) ?? 0), 0);
  return {
    repeats,
    recency: last - first,
    // The last day observed is the one before `until`.
    age: Math.max(0, Math.ceil(until.getTime() / DAY_MS) - 1 - first),
    repeatValue: repeats === 0 ? 0 : spent / repeats,
  };
}
