import { type ImportSink, type InboundEvent, type RejectedRow, TextSet } from '@segue/integrations';
import type { ImportCounts } from './import-checkpoint.js';

export type FileTally = {
  readonly sink: ImportSink;
  readonly counts: Omit<ImportCounts, 'accepted' | 'duplicates'>;
  /** What was read since the last call. */
  takeEvents(): InboundEvent[];
  takeRejected(): RejectedRow[];
};

/** Collects and counts what a reader finds. */
export function createFileTally(): FileTally {
  const counts = { rows: 0, orders: 0, customers: 0, guestOrders: 0, rejected: 0 };
  const people = new TextSet();
  let events: InboundEvent[] = [];
  let rejected: RejectedRow[] = [];
  return {
    counts,
    sink: {
      row() {
        counts.rows += 1;
      },
      event(event) {
        events.push(event);
        if (event.name === 'Order Completed') counts.orders += 1;
        // The kinds are kept apart: a user id may read like an anonymous one.
        people.add(event.userId === undefined ? `a ${event.anonymousId}` : `u ${event.userId}`);
        counts.customers = people.size;
      },
      rejected(row) {
        rejected.push(row);
        counts.rejected += 1;
      },
      guestOrder() {
        counts.guestOrders += 1;
      },
    },
    takeEvents() {
      const taken = events;
      events = [];
      return taken;
    },
    takeRejected() {
      const taken = rejected;
      rejected = [];
      return taken;
    },
  };
}
