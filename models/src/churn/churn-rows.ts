import type { CustomerHistory } from '../events/segue-event.js';
import { FEATURES, featureValues } from '../features/feature-set.js';
import { isOrder } from '../features/order-facts.js';
import { DAY_MS } from '../features/time-units.js';
import { FeatureRows } from '../histories/feature-rows.js';
import { statesAt } from '../histories/walk-history.js';
import { createTable, type Table } from '../tables/table.js';

export type ChurnRows = {
  /** One row per customer and snapshot, columns as in FEATURES. */
  readonly table: Table;
  /** 1 where the customer placed no order in the horizon after the snapshot. */
  readonly labels: Uint8Array;
  /** Days from the snapshot to the next order; infinite where none is known. */
  readonly daysToOrder: Float64Array;
  /** Index of the row's snapshot. */
  readonly snapshots: Uint16Array;
  /** Number of the row's customer: rows of one customer stay on one side of a split. */
  readonly customers: Int32Array;
};

/** Gathers {@link ChurnRows} from one history after another. */
export class ChurnRowsBuilder {
  private readonly features = new FeatureRows(FEATURES.map(({ name }) => name));
  private readonly daysToOrder: number[] = [];
  private readonly snapshotOf: number[] = [];
  private readonly customerOf: number[] = [];
  private customers = 0;
  private readonly moments: readonly number[];
  private readonly horizonDays: number;

  /** @param snapshots ascending */
  constructor(snapshots: readonly Date[], horizonDays: number) {
    this.moments = snapshots.map((snapshot) => snapshot.getTime());
    this.horizonDays = horizonDays;
  }

  /** Adds a row per snapshot that the customer had an order before. */
  add(history: CustomerHistory): void {
    const orderTimes = history.events.filter(isOrder).map((event) => event.timestamp.getTime());
    const first = orderTimes[0];
    if (first === undefined) {
      return;
    }
    let index = 0;
    for (const { moment, state } of statesAt(history, this.moments)) {
      if (first < moment) {
        const next = orderTimes.find((time) => time >= moment);
        this.features.add(featureValues(state, new Date(moment)));
        this.daysToOrder.push(next === undefined ? Number.POSITIVE_INFINITY : (next - moment) / DAY_MS);
        this.snapshotOf.push(index);
        this.customerOf.push(this.customers);
      }
      index += 1;
    }
    this.customers += 1;
  }

  build(): ChurnRows {
    return {
      table: createTable(this.features.toColumns()),
      labels: Uint8Array.from(this.daysToOrder, (days) => (days >= this.horizonDays ? 1 : 0)),
      daysToOrder: Float64Array.from(this.daysToOrder),
      snapshots: Uint16Array.from(this.snapshotOf),
      customers: Int32Array.from(this.customerOf),
    };
  }
}
