import type { CustomerHistory } from '../events/segue-event.js';
import { FEATURES, featureValues } from '../features/feature-set.js';
import { isOrder } from '../features/order-facts.js';
import { DAY_MS } from '../features/time-units.js';
import { CustomerSample } from '../histories/customer-sample.js';
import { FeatureRows } from '../histories/feature-rows.js';
import { HISTORY_BOUND_FEATURES } from '../histories/history-bound-features.js';
import { statesAt } from '../histories/walk-history.js';
import { createTable, type Table } from '../tables/table.js';
import { type PurchaseSummary, summarisePurchases } from '../value/purchase-summary.js';
import { marginCents } from './order-margin.js';

/** What happened after a snapshot, as far as it is known. */
export type Aftermath = {
  /** Index of the row's snapshot. */
  readonly snapshot: number;
  /** A number per customer, evenly spread from 0 to below 2^32. */
  readonly customer: number;
  /** Days from the snapshot to each later order. */
  readonly orders: readonly number[];
  /** Earned from the snapshot to `horizonDays` after it, not below 0, in the shop's currency. */
  readonly margin: number;
  /** Earned in the year before the snapshot, as far as events go back; not below 0. */
  readonly lastYear: number;
  /** What buy-till-you-die models know at the snapshot. */
  readonly summary: PurchaseSummary;
};

export type LifetimeRows = {
  /** One row per customer and snapshot with an order before it. */
  readonly table: Table;
  readonly aftermath: readonly Aftermath[];
  readonly sampled: number;
  readonly window: { readonly from: Date; readonly to: Date } | null;
};

export type LifetimeRowsOptions = {
  /** Ascending. */
  readonly snapshots: readonly Date[];
  readonly horizonDays: number;
  /** Margin over revenue where orders don't tell theirs. */
  readonly marginShare: number;
  readonly seed: number;
  readonly maxRows: number;
};

const YEAR_DAYS = 365;
const LEFT_OUT: ReadonlySet<string> = new Set(HISTORY_BOUND_FEATURES);

/** Gathers {@link LifetimeRows} from one history after another; holds rows and never the events. */
export class LifetimeRowsBuilder {
  private readonly features = new FeatureRows(FEATURES.map(({ name }) => name));
  private aftermath: Aftermath[] = [];
  private readonly options: LifetimeRowsOptions;
  private readonly sample: CustomerSample;
  private from = Number.POSITIVE_INFINITY;
  private to = Number.NEGATIVE_INFINITY;

  constructor(options: LifetimeRowsOptions) {
    this.options = options;
    this.sample = new CustomerSample(options.seed);
  }

  add(history: CustomerHistory): void {
    this.from = Math.min(this.from, history.events[0]?.timestamp.getTime() ?? this.from);
    this.to = Math.max(this.to, history.events.at(-1)?.timestamp.getTime() ?? this.to);
    const customer = this.sample.placeOf(history.customerId);
    const first = history.events.find(isOrder)?.timestamp.getTime();
    if (first === undefined || !this.sample.keeps(customer)) {
      return;
    }
    const moments = this.options.snapshots.map((snapshot) => snapshot.getTime());
    let snapshot = 0;
    for (const { moment, state } of statesAt(history, moments)) {
      const summary = first < moment ? summarisePurchases(history, new Date(moment)) : undefined;
      if (summary !== undefined) {
        this.features.add(featureValues(state, new Date(moment)));
        this.aftermath.push({ ...this.after(history, moment), snapshot, customer, summary });
      }
      snapshot += 1;
    }
    while (this.aftermath.length > this.options.maxRows) {
      this.sample.halve();
      this.features.retain((row) => this.sample.keeps(this.aftermath[row]?.customer ?? 0));
      this.aftermath = this.aftermath.filter((after) => this.sample.keeps(after.customer));
    }
  }

  build(): LifetimeRows {
    return {
      table: createTable(this.features.toColumns().filter(({ name }) => !LEFT_OUT.has(name))),
      aftermath: this.aftermath,
      sampled: this.sample.share,
      window: this.to >= this.from ? { from: new Date(this.from), to: new Date(this.to) } : null,
    };
  }

  private after(history: CustomerHistory, moment: number): Pick<Aftermath, 'orders' | 'margin' | 'lastYear'> {
    const { horizonDays, marginShare } = this.options;
    const later = history.events.filter(({ timestamp }) => timestamp.getTime() >= moment);
    const earned = (from: number, days: number): number => {
      const cents = history.events
        .filter(({ timestamp }) => timestamp.getTime() >= from && timestamp.getTime() < from + days * DAY_MS)
        .reduce((sum, event) => sum + marginCents(event, marginShare), 0);
      return Math.max(0, cents / 100);
    };
    return {
      orders: later.filter(isOrder).map(({ timestamp }) => (timestamp.getTime() - moment) / DAY_MS),
      margin: earned(moment, horizonDays),
      lastYear: earned(moment - YEAR_DAYS * DAY_MS, YEAR_DAYS),
    };
  }
}
