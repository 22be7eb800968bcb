import type { CustomerHistory } from '../events/segue-event.js';
import { FEATURES, featureValues } from '../features/feature-set.js';
import { isOrder } from '../features/order-facts.js';
import { DAY_MS } from '../features/time-units.js';
import { CustomerSample } from '../histories/customer-sample.js';
import { FeatureRows } from '../histories/feature-rows.js';
import { HISTORY_BOUND_FEATURES } from '../histories/history-bound-features.js';
import { statesAt } from '../histories/walk-history.js';
import { createTable, type Table } from '../tables/table.js';

export type ChurnRows = {
  /** One row per customer and snapshot; the columns are those of FEATURES that churn reads. */
  readonly table: Table;
  /** 1 where the customer placed no order in the horizon after the snapshot. */
  readonly labels: Uint8Array;
  /** Days from the snapshot to the next order; infinite where none is known. */
  readonly daysToOrder: Float64Array;
  /** Index of the row's snapshot. */
  readonly snapshots: Uint16Array;
  /** A number per customer, evenly spread from 0 to below 2^32. */
  readonly customers: Uint32Array;
  /** Share of all customers that the rows are a sample of; 1 = all. */
  readonly sampled: number;
  /** Time of the earliest and latest event of any customer; null without events. */
  readonly window: { readonly from: Date; readonly to: Date } | null;
};

/** Features that churn does without: the hours of few orders are noise. */
const HABITS = ['night_share', 'morning_share', 'evening_share', 'weekend_share'];
const LEFT_OUT: ReadonlySet<string> = new Set([...HISTORY_BOUND_FEATURES, ...HABITS]);

type RowFacts = { readonly daysToOrder: number; readonly snapshot: number; readonly customer: number };

export type ChurnRowsOptions = {
  /** Ascending. */
  readonly snapshots: readonly Date[];
  readonly horizonDays: number;
  readonly seed: number;
  /** With more rows than this only a sample of the customers is kept. */
  readonly maxRows: number;
};

/** Gathers {@link ChurnRows} from one history after another; holds feature rows and never the events. */
export class ChurnRowsBuilder {
  private readonly features = new FeatureRows(FEATURES.map(({ name }) => name));
  private facts: RowFacts[] = [];
  private readonly moments: readonly number[];
  private readonly options: ChurnRowsOptions;
  private readonly sample: CustomerSample;
  private from = Number.POSITIVE_INFINITY;
  private to = Number.NEGATIVE_INFINITY;

  constructor(options: ChurnRowsOptions) {
    this.options = options;
    this.moments = options.snapshots.map((snapshot) => snapshot.getTime());
    this.sample = new CustomerSample(options.seed);
  }

  /** Adds a row per snapshot that the customer had an order before. */
  add(history: CustomerHistory): void {
    this.from = Math.min(this.from, history.events[0]?.timestamp.getTime() ?? this.from);
    this.to = Math.max(this.to, history.events.at(-1)?.timestamp.getTime() ?? this.to);
    const customer = this.sample.placeOf(history.customerId);
    const orders = history.events.filter(isOrder).map((event) => event.timestamp.getTime());
    const first = orders[0];
    if (first === undefined || !this.sample.keeps(customer)) {
      return;
    }
    let snapshot = 0;
    for (const { moment, state } of statesAt(history, this.moments)) {
      if (first < moment) {
        const next = orders.find((time) => time >= moment);
        const daysToOrder = next === undefined ? Number.POSITIVE_INFINITY : (next - moment) / DAY_MS;
        this.features.add(featureValues(state, new Date(moment)));
        this.facts.push({ daysToOrder, snapshot, customer });
      }
      snapshot += 1;
    }
    while (this.facts.length > this.options.maxRows) {
      this.sample.halve();
      this.features.retain((row) => this.sample.keeps(this.facts[row]?.customer ?? 0));
      this.facts = this.facts.filter((fact) => this.sample.keeps(fact.customer));
    }
  }

  build(): ChurnRows {
    const { facts, options } = this;
    return {
      table: createTable(this.features.toColumns().filter(({ name }) => !LEFT_OUT.has(name))),
      labels: Uint8Array.from(facts, ({ daysToOrder }) => (daysToOrder >= options.horizonDays ? 1 : 0)),
      daysToOrder: Float64Array.from(facts, ({ daysToOrder }) => daysToOrder),
      snapshots: Uint16Array.from(facts, ({ snapshot }) => snapshot),
      customers: Uint32Array.from(facts, ({ customer }) => customer),
      sampled: this.sample.share,
      window: this.to >= this.from ? { from: new Date(this.from), to: new Date(this.to) } : null,
    };
  }
}
