import type { Store } from '../store/store.js';
import type { Cohort } from './cohort.js';
import { type Estimate, mean, momentsOf } from './estimate.js';

/** What customers brought and are expected to bring, all as of now. */
export type Values = {
  readonly currency: string | null;
  /** All they brought so far: customers who ever ordered. */
  readonly soFar: Estimate;
  /** Spent in the last 365 days: customers the value model has a figure of, who spent nothing included. */
  readonly lastYear: Estimate;
  /** What the value model expects of the next 365 days, of the same customers. */
  readonly nextYear: Estimate;
  /** The segments with most customers first. */
  readonly bySegment: readonly {
    readonly segmentId: string;
    readonly lastYear: Estimate;
    readonly nextYear: Estimate;
  }[];
};

const YEAR_MS = 365 * 86_400_000;
const MOST_MS = 20_000;
/** Segments side by side; more can't be read. */
const MOST_SEGMENTS = 12;

type Row = {
  readonly _id: string;
  readonly totals: { readonly revenue: number; readonly currency: string };
  readonly expectedYear?: number | null;
  readonly segments?: readonly string[];
};
type Pair = { readonly spent: number; readonly expected: number };

export async function readValues(store: Store, cohort: Cohort, now: Date): Promise<Values> {
  const spent = await readSpent(store, now);
  const soFar: number[] = [];
  const pairs: Pair[] = [];
  const bySegment = new Map<string, Pair[]>();
  let currency: string | null = null;
  const rows = store.customers
    .find(
      { mergedInto: null, 'totals.orders': { $gt: 0 } },
      { 'totals.revenue': 1, 'totals.currency': 1, expectedYear: 1, segments: 1 },
    )
    .maxTimeMS(MOST_MS)
    .lean<Row[]>()
    .cursor({ batchSize: 5_000 });
  for await (const { _id, totals, expectedYear, segments } of rows) {
    if (currency === null && totals.currency !== '') currency = totals.currency;
    if (cohort !== null && !cohort.has(_id)) continue;
    soFar.push(totals.revenue);
    if (typeof expectedYear !== 'number') continue;
    const pair = { spent: spent.get(_id) ?? 0, expected: expectedYear };
    pairs.push(pair);
    for (const segmentId of segments ?? []) {
      const known = bySegment.get(segmentId) ?? [];
      known.push(pair);
      bySegment.set(segmentId, known);
    }
  }
  return {
    currency,
    soFar: mean(momentsOf(soFar)),
    ...yearsOf(pairs),
    bySegment: [...bySegment]
      .sort((a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1))
      .slice(0, MOST_SEGMENTS)
      .map(([segmentId, its]) => ({ segmentId, ...yearsOf(its) })),
  };
}

function yearsOf(pairs: readonly Pair[]): Pick<Values, 'lastYear' | 'nextYear'> {
  return {
    lastYear: mean(momentsOf(pairs.map(({ spent }) => spent))),
    nextYear: mean(momentsOf(pairs.map(({ expected }) => expected))),
  };
}

/** What each customer paid in the last 365 days. */
async function readSpent(store: Store, now: Date): Promise<Map<string, number>> {
  const rows = await store.events
    .aggregate<{ _id: string; spent: number }>([
      {
        $match: {
          name: 'Order Completed',
          timestamp: { $gte: new Date(now.getTime() - YEAR_MS), $lt: now },
        },
      },
      {
        $group: {
          _id: '$customerId',
          spent: { $sum: { $ifNull: ['$properties.revenue', '$properties.total'] } },
        },
      },
    ])
    .option({ maxTimeMS: MOST_MS });
  return new Map(rows.map(({ _id, spent }) => [_id, spent]));
}
