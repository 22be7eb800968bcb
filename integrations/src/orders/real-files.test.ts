import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { ImportFormat } from '../import/import-format.js';
import { createLineSplitter } from '../rows/lines.js';
import { openBytes } from '../rows/open-bytes.js';
import { TextSet } from '../rows/text-set.js';
import type { InboundEvent } from '../segment/inbound-event.js';
import { RECEIVED_AT } from '../testing/read-text.js';
import { CDNOW_FORMAT } from './cdnow-format.js';
import { ONLINE_RETAIL } from './online-retail.js';
import { createOrderTableFormat } from './order-table-format.js';

const folder = fileURLToPath(new URL('../../../../shared/data/', import.meta.url));
const onlineRetail = `${folder}online-retail/online_retail_2010-2011_cleaned.csv.gz`;
const cdnow = `${folder}cdnow/CDNOW_master.txt`;

async function survey(path: string, format: ImportFormat) {
  const source = await openBytes(path);
  const pass = async (
    push: (line: ReturnType<ReturnType<typeof createLineSplitter>['push']>[number]) => void,
  ) => {
    const splitter = createLineSplitter(format.encoding);
    for await (const bytes of source.read(() => undefined)) splitter.push(bytes).forEach(push);
    splitter.end().forEach(push);
  };
  const scan = format.createScan();
  await pass((line) => scan.push(line));
  const reader = scan.end()({ receivedAt: RECEIVED_AT });
  const customers = new TextSet();
  const counts = { rows: 0, orders: 0, rejected: 0, guestOrders: 0, revenue: 0 };
  const sink = {
    row: () => {
      counts.rows += 1;
    },
    rejected: () => {
      counts.rejected += 1;
    },
    guestOrder: () => {
      counts.guestOrders += 1;
    },
    event(event: InboundEvent) {
      customers.add(event.userId ?? '');
      if (event.name !== 'Order Completed') return;
      counts.orders += 1;
      counts.revenue += Number(event.properties['total']);
    },
  };
  await pass((line) => reader.push(line, sink));
  reader.end(sink);
  return { ...counts, revenue: Math.round(counts.revenue), customers: customers.size };
}

describe.skipIf(!existsSync(onlineRetail))(
  'Online Retail (skipped without ../shared/data/online-retail)',
  () => {
    it('gives the published numbers of rows, orders, customers and revenue', {
      timeout: 120_000,
    }, async () => {
      const format = createOrderTableFormat({
        id: 'online-retail',
        mapping: ONLINE_RETAIL,
        keepGuests: false,
      });
      expect(await survey(onlineRetail, format)).toEqual({
        rows: 531_282,
        orders: 18_536,
        guestOrders: 2_189,
        rejected: 0,
        revenue: 8_911_408,
        customers: 4_339,
      });
    });
  },
);

describe.skipIf(!existsSync(cdnow))('CDNOW (skipped without ../shared/data/cdnow)', () => {
  it('gives the published numbers of purchases, customers and revenue', { timeout: 60_000 }, async () => {
    expect(await survey(cdnow, CDNOW_FORMAT)).toEqual({
      rows: 69_659,
      orders: 69_659,
      guestOrders: 0,
      rejected: 0,
      revenue: 2_500_316,
      customers: 23_570,
    });
  });
});
