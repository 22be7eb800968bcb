import { isEmailAddress } from '../email/email-address.js';
import type { CsvRecord } from '../rows/csv-records.js';
import { describeValue } from '../segment/issue.js';
import type { OrderMapping } from './order-mapping.js';
import { createDateReader } from './read-date.js';
import { readNumber } from './read-number.js';

export type OrderProduct = {
  readonly product_id?: string;
  readonly name?: string;
  readonly category?: string;
  readonly quantity: number;
  readonly price?: number;
};

/** One row of an order table, read and checked. */
export type OrderRow = {
  readonly orderId: string;
  /** '' for a guest. */
  readonly customer: string;
  readonly email: string;
  readonly phone: string;
  readonly country: string;
  readonly at: Date;
  readonly currency: string;
  readonly product: OrderProduct;
  readonly lineTotal: number;
  readonly orderTotal: number | undefined;
};

export type ColumnIndex = { readonly [Name in keyof OrderMapping['columns']]: number | undefined };

/** The reason a row is refused. */
export class RowFault extends Error {}

const MAX_ID_LENGTH = 300;

/** Spreadsheets write whole numbers as `17850.0`; the id meant is 17850. */
const withoutPointZero = (id: string): string => id.replace(/^(\d+)\.0+$/, '$1');

function fault(column: string, expected: string, value: string): never {
  throw new RowFault(`Expected ${JSON.stringify(column)} to be ${expected}, got ${describeValue(value)}`);
}

/**
 * Makes the reader of one table's rows.
 * @returns a function that reads a record or throws {@link RowFault} with the reason it can't be taken
 */
export function createOrderRowReader(
  mapping: OrderMapping,
  index: ColumnIndex,
): (record: CsvRecord) => OrderRow {
  const readDate = createDateReader(mapping.date);
  const guests = new Set(mapping.guests);

  return (record) => {
    const label = (name: keyof ColumnIndex): string => String(mapping.columns[name] ?? name);
    const text = (name: keyof ColumnIndex): string => {
      const at = index[name];
      return at === undefined ? '' : (record.fields[at] ?? '').trim();
    };
    const id = (name: keyof ColumnIndex): string => {
      const value = withoutPointZero(text(name));
      const usable = value.length <= MAX_ID_LENGTH && !/\p{Cc}/u.test(value);
      return usable ? value : fault(label(name), `an id of at most ${MAX_ID_LENGTH} characters`, value);
    };
    const amount = (name: keyof ColumnIndex): number | undefined => {
      if (index[name] === undefined) return undefined;
      const value = readNumber(text(name), mapping.decimal);
      if (value === undefined) return fault(label(name), 'a number', text(name));
      return value >= 0
        ? value
        : fault(label(name), '>= 0 (returns and refunds are not imported)', text(name));
    };

    const orderId = id('orderId') || fault(label('orderId'), 'an order id', text('orderId'));
    const at = readDate(text('date'));
    if (!at || at.getTime() < 0)
      return fault(label('date'), `a date from 1970 on, written as ${mapping.date.format}`, text('date'));
    const email = text('email').toLowerCase();
    if (email !== '' && !isEmailAddress(email))
      return fault(label('email'), 'an e-mail address', text('email'));
    const currency = text('currency') === '' ? mapping.currency : text('currency').toUpperCase();
    if (!/^[A-Z]{3}$/.test(currency))
      return fault(label('currency'), 'a currency code such as "EUR"', currency);
    const quantity = amount('quantity') ?? 1;
    if (quantity === 0) return fault(label('quantity'), '> 0', text('quantity'));
    const price = amount('price');
    const lineTotal = amount('lineTotal') ?? (price ?? 0) * quantity;
    const customerId = id('customerId');
    const known = customerId !== '' && !guests.has(customerId);
    const unitPrice = price ?? (mapping.columns.lineTotal === undefined ? undefined : lineTotal / quantity);
    const [productId, name, category] = [text('productId'), text('productName'), text('category')];
    return {
      orderId,
      // Without a customer id the e-mail address is who it was.
      customer: known ? customerId : email,
      email,
      phone: text('phone'),
      country: text('country'),
      at,
      currency,
      product: {
        ...(productId === '' ? {} : { product_id: productId }),
        ...(name === '' ? {} : { name }),
        ...(category === '' ? {} : { category }),
        quantity,
        ...(unitPrice === undefined ? {} : { price: unitPrice }),
      },
      lineTotal,
      orderTotal: amount('orderTotal'),
    };
  };
}
