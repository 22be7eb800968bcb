import type { Store } from '../store/store.js';
import { type Estimate, NOTHING } from './estimate.js';
import { readOrders, readWindow, type Window, type WindowFacts } from './read-window.js';
import {
  acceptanceBy,
  type Breakdown,
  type Measure,
  moved,
  overTime,
  stagesOf,
  workOut,
} from './work-out.js';

export type MeasureReport = {
  readonly measures: readonly {
    readonly measure: Measure;
    /** Of the window it is compared with; null where none was asked for. */
    readonly compared: Measure | null;
    readonly change: Estimate | null;
  }[];
  readonly stages: ReturnType<typeof stagesOf>;
  readonly overTime: ReturnType<typeof overTime>;
  readonly acceptance: {
    readonly byAction: readonly Breakdown[];
    readonly byChannel: readonly Breakdown[];
    readonly byGroup: readonly Breakdown[];
  };
  readonly currency: string | null;
};

/** Every measure of a window, held against another one where that is asked for. @throws WindowTooLarge */
export async function buildReport(
  store: Store,
  window: Window,
  compared: Window | null,
): Promise<MeasureReport> {
  const lifetime = await readLifetime(store);
  const facts = await readWindow(store, window);
  const now = await measuresOf(store, { window, facts, lifetime });
  const then =
    compared === null
      ? null
      : await measuresOf(store, {
          window: compared,
          facts: await readWindow(store, compared),
          lifetime: NO_LIFETIME,
        });
  return {
    measures: now.map((measure) => {
      const other = then?.find(({ key }) => key === measure.key) ?? null;
      return { measure, compared: other, change: other === null ? null : moved(measure, other) };
    }),
    stages: stagesOf(facts),
    overTime: overTime(facts.orders, window),
    acceptance: {
      byAction: acceptanceBy(facts.outcomes, 'actionId'),
      byChannel: acceptanceBy(facts.outcomes, 'channel'),
      byGroup: acceptanceBy(facts.outcomes, 'groupId'),
    },
    currency: lifetime.currency,
  };
}

type Lifetime = { readonly n: number; readonly sum: number; readonly squares: number };
/** What customers brought so far is as of now: it can't be held against another window. */
const NO_LIFETIME: Lifetime = { n: NOTHING.n, sum: 0, squares: 0 };

async function measuresOf(
  store: Store,
  { window, facts, lifetime }: { window: Window; facts: WindowFacts; lifetime: Lifetime },
): Promise<Measure[]> {
  const { from, to } = window;
  const before = await readOrders(store, { from: new Date(2 * from.getTime() - to.getTime()), to: from });
  return workOut({ window: facts, before, lifetime });
}

async function readLifetime(store: Store): Promise<Lifetime & { readonly currency: string | null }> {
  const [found] = await store.customers.aggregate<{
    n: number;
    sum: number;
    squares: number;
    currency: string;
  }>([
    { $match: { mergedInto: null, 'totals.orders': { $gt: 0 } } },
    {
      $group: {
        _id: null,
        n: { $sum: 1 },
        sum: { $sum: '$totals.revenue' },
        squares: { $sum: { $multiply: ['$totals.revenue', '$totals.revenue'] } },
        currency: { $first: '$totals.currency' },
      },
    },
  ]);
  if (found === undefined) return { ...NO_LIFETIME, currency: null };
  const { n, sum, squares, currency } = found;
  return { n, sum, squares, currency: currency === '' ? null : currency };
}
