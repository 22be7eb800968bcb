import { expect, it } from 'vitest';
import { readText } from '../testing/read-text.js';
import { CDNOW_FORMAT } from './cdnow-format.js';

it('makes an order of each row, several of one customer on one day too', () => {
  const text =
    ' customer_id  date number_of_cds  dollar_value\r\n 00002 19970112  1   12.00\r\n 00002 19970112  5   77.00\r\n';
  const { orders } = readText(text, CDNOW_FORMAT);
  expect(orders.map(({ messageId }) => messageId)).toEqual([
    'cdnow:order:00002-19970112-1',
    'cdnow:order:00002-19970112-2',
  ]);
  expect(orders[1]).toMatchObject({
    userId: '00002',
    timestamp: new Date('1997-01-12T00:00:00Z'),
    properties: { total: 77, currency: 'USD', products: [{ quantity: 5, price: 15.4 }] },
  });
});

it('reads the sample, whose second column is an id of its own', () => {
  const { orders } = readText(' 00004 0001 19970101  2   29.33\r\n', CDNOW_FORMAT);
  expect(orders[0]).toMatchObject({ userId: '00004', properties: { total: 29.33 } });
});

it('refuses rows that are not purchases, and goes on', () => {
  const { rejected, orders } = readText(
    '00001 19971301 1 2\n00001 19970101 0 2\n00001 19970101 1 -2\n1 2\n00001 19970101 1 2\n',
    CDNOW_FORMAT,
  );
  expect(rejected.map(({ line, reason }) => `${line}: ${reason}`)).toEqual([
    '1: Expected the date to be written as yyyymmdd, got "19971301"',
    '2: Expected the number of CDs to be a whole number >= 1, got "0"',
    '3: Expected the dollars to be a number >= 0, got "-2"',
    '4: Expected 4 columns (customer, date, number, dollars) or 5, got 2',
  ]);
  expect(orders).toHaveLength(1);
});
