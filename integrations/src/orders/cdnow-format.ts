import type { FileReader, ImportFormat } from '../import/import-format.js';
import type { SourceLine } from '../rows/lines.js';
import { rejectRow } from '../rows/rejected-row.js';
import type { InboundEvent } from '../segment/inbound-event.js';
import { createDateReader } from './read-date.js';
import { readNumber } from './read-number.js';

const DATE_RULE = { format: 'yyyyMMdd', timeZone: 'UTC' };

type Purchase = { customer: string; day: string; at: Date; quantity: number; dollars: number };

/** Columns by their number: the 1/10 sample has a second customer id of its own after the first. */
const LAYOUTS: ReadonlyMap<number, { day: number; quantity: number; dollars: number }> = new Map([
  [4, { day: 1, quantity: 2, dollars: 3 }],
  [5, { day: 2, quantity: 3, dollars: 4 }],
]);

function createRowReader(): (fields: readonly string[]) => Purchase | string {
  const readDate = createDateReader(DATE_RULE);
  return (fields) => {
    const layout = LAYOUTS.get(fields.length);
    if (!layout) return `Expected 4 columns (customer, date, number, dollars) or 5, got ${fields.length}`;
    const day = fields[layout.day] ?? '';
    const at = readDate(day);
    const quantity = readNumber(fields[layout.quantity] ?? '', '.');
    const dollars = readNumber(fields[layout.dollars] ?? '', '.');
    if (!at) return `Expected the date to be written as yyyymmdd, got "${day}"`;
    if (quantity === undefined || !Number.isInteger(quantity) || quantity < 1) {
      return `Expected the number of CDs to be a whole number >= 1, got "${fields[layout.quantity]}"`;
    }
    if (dollars === undefined || dollars < 0)
      return `Expected the dollars to be a number >= 0, got "${fields[layout.dollars]}"`;
    return { customer: fields[0] ?? '', day, at, quantity, dollars };
  };
}

function purchaseEvent(purchase: Purchase, occurrence: number, receivedAt: Date): InboundEvent {
  const { customer, day, at, quantity, dollars } = purchase;
  const orderId = `${customer}-${day}-${occurrence}`;
  const product = { product_id: 'cd', name: 'CD', quantity, price: dollars / quantity };
  return {
    messageId: `cdnow:order:${orderId}`,
    type: 'track',
    name: 'Order Completed',
    userId: customer,
    timestamp: at,
    receivedAt,
    properties: { order_id: orderId, total: dollars, revenue: dollars, currency: 'USD', products: [product] },
    traits: {},
    context: {},
  };
}

function createReader(receivedAt: Date): FileReader {
  const read = createRowReader();
  const occurrences = new Map<string, number>();
  return {
    push({ number, text }: SourceLine, sink) {
      const bare = text.trim();
      if (bare === '' || (number === 1 && /^[a-z_]/i.test(bare))) return;
      sink.row();
      const purchase = read(bare.split(/\s+/));
      if (typeof purchase === 'string')
        return sink.rejected(rejectRow({ line: number, raw: text }, purchase));
      const key = `${purchase.customer} ${purchase.day}`;
      const occurrence = (occurrences.get(key) ?? 0) + 1;
      occurrences.set(key, occurrence);
      sink.event(purchaseEvent(purchase, occurrence, receivedAt));
    },
    end: () => undefined,
  };
}

/**
 * The CDNOW purchase history (whitespace-separated: customer, yyyymmdd, number of CDs, dollars), master or sample. Each
 * row is an order of its own, at midnight UTC of its day; several of one customer on one day are told apart by their
 * place in the file.
 */
export const CDNOW_FORMAT: ImportFormat = {
  id: 'cdnow',
  key: 'cdnow@1',
  encoding: 'utf-8',
  createScan: () => ({
    push: () => undefined,
    end:
      () =>
      ({ receivedAt }) =>
        createReader(receivedAt),
  }),
};
