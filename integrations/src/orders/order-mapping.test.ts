import { describe, expect, it } from 'vitest';
import { describeMappingIssues, readOrderMapping } from './order-mapping.js';

const columns = { orderId: 'id', customerId: 'who', date: 'when', price: 'price' };
const minimal = { source: 'shop', currency: 'EUR', columns };

function complaints(raw: unknown) {
  const read = readOrderMapping(raw);
  return read.ok ? [] : describeMappingIssues(read.issues).split('\n');
}

describe('readOrderMapping', () => {
  it('fills in what most tables share', () => {
    expect(readOrderMapping(minimal)).toEqual({
      ok: true,
      mapping: {
        ...minimal,
        delimiter: ',',
        encoding: 'utf-8',
        header: true,
        decimal: '.',
        date: { format: 'iso', timeZone: 'UTC' },
        guests: [],
      },
    });
  });

  it.each([
    [{ ...minimal, separator: ';' }, 'Expected "separator" to be left out, got an unknown key'],
    [
      { ...minimal, columns: { ...columns, prize: 'p' } },
      'Expected "columns.prize" to be left out, got an unknown key',
    ],
    [
      { ...minimal, source: 'My Shop' },
      'Expected "source" to be 1 to 40 small letters, digits and dashes, got "My Shop" (string)',
    ],
    [
      { ...minimal, currency: 'euro' },
      'Expected "currency" to be a currency code of three capitals, such as "EUR", got "euro" (string)',
    ],
    [
      { ...minimal, date: { timeZone: 'Mars/Base' } },
      'Expected "date.timeZone" to be an IANA time zone such as "Europe/Berlin", got "Mars/Base" (string)',
    ],
    [{ ...minimal, delimiter: ', ' }, 'Expected "delimiter" to be one character, got ", " (string)'],
    [
      { ...minimal, columns: { orderId: 'id', date: 'when', price: 'p' } },
      'Expected "columns.customerId" to be given, or "email" in its place, got undefined',
    ],
    [
      { ...minimal, columns: { orderId: 'id', date: 'when', email: 'm' } },
      'Expected "columns.price" to be given, or "lineTotal" or "orderTotal" in its place, got undefined',
    ],
    [
      { ...minimal, columns: { ...columns, date: 0 } },
      'Expected "columns.date" to be the name of a column, or its number from 1, got 0 (number)',
    ],
  ])('says what is wrong with %j', (raw, complaint) => {
    expect(complaints(raw)).toEqual([complaint]);
  });
});
