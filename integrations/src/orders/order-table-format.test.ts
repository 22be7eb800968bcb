import { describe, expect, it } from 'vitest';
import { RECEIVED_AT, readText } from '../testing/read-text.js';
import { ONLINE_RETAIL } from './online-retail.js';
import { type OrderMapping, readOrderMapping } from './order-mapping.js';
import { createOrderTableFormat } from './order-table-format.js';

const onlineRetail = createOrderTableFormat({
  id: 'online-retail',
  mapping: ONLINE_RETAIL,
  keepGuests: false,
});
const HEADER = 'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country';

function mappingOf(raw: unknown): OrderMapping {
  const read = readOrderMapping(raw);
  if (!read.ok) throw new Error(JSON.stringify(read.issues));
  return read.mapping;
}

const SHOP = {
  source: 'shop',
  currency: 'EUR',
  columns: { orderId: 'id', customerId: 'who', date: 'day', productId: 'sku', quantity: 'n', price: 'price' },
};
const shopFormat = (changes: object = {}) =>
  createOrderTableFormat({ id: 'csv', mapping: mappingOf({ ...SHOP, ...changes }), keepGuests: false });
const shop = (...rows: readonly string[]) =>
  readText(['id,who,day,sku,n,price', ...rows].join('\n'), shopFormat());

describe('the online-retail format', () => {
  const rows = [
    '536365,85123A,"HEART, T-LIGHT HOLDER",6,2010-12-01 08:26:00,2.55,17850.0,United Kingdom',
    '536365,71053,WHITE METAL LANTERN,6,2010-12-01 08:26:00,3.39,17850.0,United Kingdom',
    '536366,22633,HAND WARMER,1,2010-12-01 08:28:00,1.85,0,United Kingdom',
  ];

  it('makes one Order Completed of an invoice and introduces its customer', () => {
    const {
      events,
      rows: read,
      guestOrders,
    } = readText(`\uFEFF${[HEADER, ...rows].join('\r\n')}\r\n`, onlineRetail);
    expect([read, guestOrders]).toEqual([3, 1]);
    expect(events).toEqual([
      {
        messageId: expect.stringMatching(/^online-retail:identify:[0-9a-f]{32}$/),
        type: 'identify',
        name: '',
        userId: '17850',
        timestamp: new Date('2010-12-01T08:26:00Z'),
        receivedAt: RECEIVED_AT,
        properties: {},
        traits: { address: { country: 'United Kingdom' } },
        context: {},
      },
      {
        messageId: 'online-retail:order:536365',
        type: 'track',
        name: 'Order Completed',
        userId: '17850',
        timestamp: new Date('2010-12-01T08:26:00Z'),
        receivedAt: RECEIVED_AT,
        properties: {
          order_id: '536365',
          total: 35.64,
          revenue: 35.64,
          currency: 'GBP',
          products: [
            { product_id: '85123A', name: 'HEART, T-LIGHT HOLDER', quantity: 6, price: 2.55 },
            { product_id: '71053', name: 'WHITE METAL LANTERN', quantity: 6, price: 3.39 },
          ],
        },
        traits: {},
        context: { location: { country: 'United Kingdom' } },
      },
    ]);
  });

  it('keeps guest orders as anonymous customers when asked', () => {
    const format = createOrderTableFormat({ id: 'online-retail', mapping: ONLINE_RETAIL, keepGuests: true });
    const { events, guestOrders } = readText([HEADER, ...rows].join('\n'), format);
    expect(guestOrders).toBe(0);
    expect(events.at(-1)).toMatchObject({
      anonymousId: 'online-retail:guest:536366',
      messageId: 'online-retail:order:536366',
    });
  });

  it('refuses bad rows by line, with the reason, and goes on', () => {
    const {
      rejected,
      orders,
      rows: read,
    } = readText(
      [
        HEADER,
        '1,A,x,1,2010-12-01 08:26:00,2.5,7,UK',
        '1,B,x,1,2010-13-01 08:26:00,2.5,7,UK',
        '',
        '2,B,x,-1,2010-12-01,2.5,7,UK',
        '3,B,x,1,2010-12-01,two,7,UK',
        '4,B,x,1,2010-12-01',
        ',B,x,1,2010-12-01,2.5,7,UK',
        '5,B,x,1,2010-12-01,2.5,7,UK,extra',
        '6,B,x,0,2010-12-01,2.5,7,UK',
        '7,B,x,1,2010-12-01,2.5,7,UK',
      ].join('\n'),
      onlineRetail,
    );
    expect(read).toBe(9);
    expect(orders.map(({ properties }) => properties['order_id'])).toEqual(['1', '7']);
    expect(rejected.map(({ line, reason }) => `${line}: ${reason}`)).toEqual([
      '3: Expected "InvoiceDate" to be a date from 1970 on, written as iso, got "2010-13-01 08:26:00" (string)',
      '5: Expected "Quantity" to be >= 0 (returns and refunds are not imported), got "-1" (string)',
      '6: Expected "UnitPrice" to be a number, got "two" (string)',
      '7: Expected 8 columns, got 5',
      '8: Expected "InvoiceNo" to be an order id, got "" (string)',
      '9: Expected 8 columns, got 9',
      '10: Expected "Quantity" to be > 0, got "0" (string)',
    ]);
    expect(rejected[0]?.raw).toBe('1,B,x,1,2010-13-01 08:26:00,2.5,7,UK');
  });

  it('names a column that is missing, and those that are there', () => {
    expect(() => readText('Invoice,Date\n1,2\n', onlineRetail)).toThrow(
      '"columns.orderId" is "InvoiceNo", but the columns of this file are "Invoice", "Date".',
    );
  });
});

describe('the csv format', () => {
  it('gathers an order whose rows are scattered over the file', () => {
    const { orders } = shop(
      '1,a,2025-01-01,x,1,10',
      '2,a,2025-01-02,x,1,1',
      '1,a,2025-01-01,y,1,5',
      '3,b,2025-01-03,x,1,2',
      '1,a,2025-01-01,z,1,2.5',
      '4,b,2025-01-04,x,1,3',
    );
    expect(orders.map(({ properties }) => [properties['order_id'], properties['total']])).toEqual([
      ['2', 1],
      ['3', 2],
      ['1', 17.5],
      ['4', 3],
    ]);
  });

  it('completes a scattered order whose last row is refused', () => {
    const { orders, rejected } = shop(
      '1,a,2025-01-01,x,1,10',
      '2,a,2025-01-02,x,1,1',
      '1,a,2025-01-01,y,1,?',
      '3,a,2025-01-02,x,1,1',
    );
    expect(orders.map(({ properties }) => properties['order_id'])).toEqual(['1', '2', '3']);
    expect(rejected.map(({ line }) => line)).toEqual([4]);
  });

  it('gives every order of a shuffled file just as the sorted one does', () => {
    const rows = Array.from({ length: 400 }, (_, i) => `${i % 97},c${i % 97},2025-01-01,p${i},1,${i}`);
    const totals = (lines: readonly string[]) =>
      new Map(shop(...lines).orders.map(({ messageId, properties }) => [messageId, properties['total']]));
    const sorted = rows.toSorted((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10));
    expect(totals(rows).size).toBe(97);
    expect(totals(rows)).toEqual(totals(sorted));
  });

  it("takes the earliest time of an order's rows and rounds its total to the cent", () => {
    const { orders } = shop('1,a,2025-01-02,x,3,0.1', '1,a,2025-01-01,y,1,0.2');
    expect(orders[0]).toMatchObject({ timestamp: new Date('2025-01-01'), properties: { total: 0.5 } });
  });

  it('refuses a row that gives an order to somebody else', () => {
    const { orders, rejected } = shop('1,a,2025-01-02,x,1,1', '1,b,2025-01-01,y,1,9');
    expect(orders).toHaveLength(1);
    expect(rejected[0]?.reason).toBe('order "1" belongs to customer "a", not "b"');
  });

  it('keeps the same order of two shops apart, and the same in any file of one', () => {
    const other = readText('id,who,day,sku,n,price\n1,a,2025-01-01,x,1,1', shopFormat({ source: 'other' }));
    expect(shop('1,a,2025-01-01,x,1,1').orders[0]?.messageId).toBe('csv:shop:order:1');
    expect(other.orders[0]?.messageId).toBe('csv:other:order:1');
  });

  it('reads a German export without a header, by column numbers', () => {
    const format = createOrderTableFormat({
      id: 'csv',
      keepGuests: false,
      mapping: mappingOf({
        source: 'laden',
        currency: 'EUR',
        header: false,
        delimiter: ';',
        decimal: ',',
        encoding: 'windows-1252',
        date: { format: 'dd.MM.yyyy HH:mm', timeZone: 'Europe/Berlin' },
        columns: { orderId: 1, email: 2, date: 3, productName: 4, lineTotal: 5, quantity: 6, currency: 7 },
      }),
    });
    const text =
      'A-1;Ann@Example.org;01.07.2025 12:00;K\u00e4se;1.234,50;2;\nA-2;kein;01.07.2025 12:00;Brot;1;1;chf\n';
    const { events, rejected } = readText(Buffer.from(text, 'latin1'), format);
    expect(events).toMatchObject([
      { type: 'identify', userId: 'ann@example.org', traits: { email: 'ann@example.org' } },
      {
        name: 'Order Completed',
        timestamp: new Date('2025-07-01T10:00:00Z'),
        properties: {
          total: 1234.5,
          currency: 'EUR',
          products: [{ name: 'K\u00e4se', quantity: 2, price: 617.25 }],
        },
      },
    ]);
    expect(rejected[0]?.reason).toBe('Expected "2" to be an e-mail address, got "kein" (string)');
  });

  it('takes the total from the order where rows carry no prices', () => {
    const mapping = mappingOf({
      source: 's',
      currency: 'EUR',
      columns: { orderId: 'id', customerId: 'who', date: 'day', orderTotal: 'sum' },
    });
    const { orders, rejected } = readText(
      'id,who,day,sum\n1,a,2025-01-01,30\n1,a,2025-01-01,30\n1,a,2025-01-01,31\n',
      createOrderTableFormat({ id: 'csv', mapping, keepGuests: false }),
    );
    expect(orders[0]?.properties).toMatchObject({ total: 30, products: [{ quantity: 1 }, { quantity: 1 }] });
    expect(rejected[0]?.reason).toBe('order "1" has the total 30, not 31');
  });

  it('has a key that changes with whatever changes the events', () => {
    expect(shopFormat().key).toBe(shopFormat().key);
    expect(shopFormat({ currency: 'USD' }).key).not.toBe(shopFormat().key);
  });
});
