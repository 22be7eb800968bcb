import { createReadStream, existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createGunzip } from 'node:zlib';
import { parse } from 'csv-parse';
import type { CustomerHistory, SegueEvent } from '../events/segue-event.js';

/** The order lines of UCI Online Retail; undefined where the data folder is missing. */
export const ONLINE_RETAIL_FILE = dataFile('online-retail/online_retail_2010-2011_cleaned.csv.gz');

/** A file of the shared data folder beside the repository; undefined where it is missing. */
export function dataFile(name: string): string | undefined {
  const path = fileURLToPath(new URL(`../../../../shared/data/${name}`, import.meta.url));
  return existsSync(path) ? path : undefined;
}

type Line = Record<
  'InvoiceNo' | 'StockCode' | 'Quantity' | 'InvoiceDate' | 'UnitPrice' | 'CustomerID',
  string
>;
type Invoice = {
  time: number;
  cents: number;
  products: { product_id: string; quantity: number; price: number }[];
};

/** One `Order Completed` per invoice, per customer, oldest first; guests (CustomerID 0) left out. */
export async function onlineRetailHistories(path: string): Promise<CustomerHistory[]> {
  const customers = new Map<string, Map<string, Invoice>>();
  const lines: AsyncIterable<Line> = createReadStream(path)
    .pipe(createGunzip())
    .pipe(parse({ columns: true }));
  for await (const line of lines) {
    const customer = String(Number(line.CustomerID));
    if (customer === '0') {
      continue;
    }
    const invoices = customers.get(customer) ?? new Map<string, Invoice>();
    customers.set(customer, invoices);
    const time = Date.parse(`${line.InvoiceDate.replace(' ', 'T')}Z`);
    const invoice = invoices.get(line.InvoiceNo) ?? { time, cents: 0, products: [] };
    invoices.set(line.InvoiceNo, invoice);
    const quantity = Number(line.Quantity);
    const price = Number(line.UnitPrice);
    invoice.time = Math.min(invoice.time, time);
    invoice.cents += Math.round(quantity * price * 100);
    invoice.products.push({ product_id: line.StockCode, quantity, price });
  }
  return [...customers].map(([customerId, invoices]) => ({
    customerId,
    events: [...invoices].map(asEvent).sort((a, b) => a.timestamp.getTime() - b.timestamp.getTime()),
  }));
}

function asEvent([invoice, { time, cents, products }]: [string, Invoice]): SegueEvent {
  return {
    messageId: `invoice-${invoice}`,
    type: 'track',
    name: 'Order Completed',
    timestamp: new Date(time),
    properties: { order_id: invoice, revenue: cents / 100, products },
    context: {},
  };
}
