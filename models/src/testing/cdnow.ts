import { readFileSync } from 'node:fs';
import type { CustomerHistory } from '../events/segue-event.js';
import { dataFile } from './online-retail.js';
import { trackEvent } from './track-event.js';

/** The 1/10 sample of the CDNOW purchases; undefined where the data folder is missing. */
export const CDNOW_SAMPLE_FILE = dataFile('cdnow/CDNOW_sample.txt');

/** One `Order Completed` per line (customer, number in the sample, date, CDs, dollars), per customer, oldest first. */
export function cdnowHistories(path: string): CustomerHistory[] {
  const customers = new Map<string, { date: string; dollars: string; pieces: string }[]>();
  for (const line of readFileSync(path, 'utf8').split('\n')) {
    const [id, , date, pieces, dollars] = line.trim().split(/\s+/);
    if (id !== undefined && date !== undefined && dollars !== undefined && pieces !== undefined) {
      customers.set(id, [...(customers.get(id) ?? []), { date, dollars, pieces }]);
    }
  }
  return [...customers].map(([customerId, lines]) => ({
    customerId,
    events: lines.map(({ date, dollars, pieces }, index) => {
      const day = `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6, 8)}`;
      const products = [{ product_id: 'cd', quantity: Number(pieces) }];
      const event = trackEvent('Order Completed', day, { revenue: Number(dollars), products });
      return { ...event, messageId: `${event.messageId} ${customerId} ${index}` };
    }),
  }));
}
