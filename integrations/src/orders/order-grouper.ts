import { SourceFault } from '../rows/source-fault.js';
import { addRow, type OpenOrder, openOrder } from './order.js';
import type { OrderRow } from './order-row.js';

/** Rows held for scattered orders; about 300 bytes each. */
const MAX_HELD_ROWS = 1_000_000;

export type OrderGrouper = {
  /**
   * Takes a row. @returns the reason it can't belong to its order, or `undefined`
   */
  add(row: OrderRow): string | undefined;
  /** To be told of every row, refused ones too, after `add`: what is complete now is handed on. */
  passed(orderId: string, line: number): void;
  end(): void;
};

/**
 * Gathers rows into orders. An order is complete when a row of another one follows; a scattered one (see
 * `createOrderSurvey`) when its last row has passed.
 */
export function createOrderGrouper(
  lastLines: ReadonlyMap<string, number>,
  onOrder: (order: OpenOrder) => void,
): OrderGrouper {
  const open = new Map<string, OpenOrder>();
  let current: string | undefined;
  let held = 0;

  const complete = (orderId: string): void => {
    const order = open.get(orderId);
    if (!order) return;
    open.delete(orderId);
    if (lastLines.has(orderId)) held -= order.products.length;
    onOrder(order);
  };

  return {
    add(row) {
      if (current !== undefined && current !== row.orderId && !lastLines.has(current)) complete(current);
      current = row.orderId;
      const order = open.get(row.orderId);
      const reason = order ? addRow(order, row) : undefined;
      if (!order) open.set(row.orderId, openOrder(row));
      if (reason === undefined && lastLines.has(row.orderId)) held += 1;
      if (held > MAX_HELD_ROWS) {
        throw new SourceFault(
          'Too many rows of scattered orders are open at once. Sort the file by order first.',
        );
      }
      return reason;
    },
    passed(orderId, line) {
      if (lastLines.get(orderId) === line) complete(orderId);
    },
    end() {
      for (const orderId of [...open.keys()]) complete(orderId);
    },
  };
}
