import type { CsvRecord } from '../rows/csv-records.js';
import { SourceFault } from '../rows/source-fault.js';
import type { OrderMapping } from './order-mapping.js';
import type { ColumnIndex } from './order-row.js';

type ColumnName = keyof OrderMapping['columns'];

function positionOf(
  name: ColumnName,
  column: string | number,
  header: readonly string[] | undefined,
): number {
  const where = `"columns.${name}" is ${JSON.stringify(column)}`;
  if (typeof column === 'number') return column - 1;
  if (!header) throw new SourceFault(`${where}, but a table without a header row needs column numbers.`);
  const position = header.indexOf(column);
  const shown = header.map((title) => JSON.stringify(title)).join(', ');
  if (position === -1) throw new SourceFault(`${where}, but the columns of this file are ${shown}.`);
  if (header.indexOf(column, position + 1) !== -1) {
    throw new SourceFault(`${where}, but the file has that column twice; give its number instead.`);
  }
  return position;
}

/**
 * Finds the mapped columns in the header row.
 * @throws SourceFault naming a column that isn't there and those that are
 */
export function locateColumns(mapping: OrderMapping, header: CsvRecord | undefined): ColumnIndex {
  const titles = header?.fields.map((title) => title.trim());
  const find = (name: ColumnName): number | undefined => {
    const column = mapping.columns[name];
    return column === undefined ? undefined : positionOf(name, column, titles);
  };
  return {
    orderId: find('orderId'),
    customerId: find('customerId'),
    email: find('email'),
    phone: find('phone'),
    date: find('date'),
    productId: find('productId'),
    productName: find('productName'),
    category: find('category'),
    quantity: find('quantity'),
    price: find('price'),
    lineTotal: find('lineTotal'),
    orderTotal: find('orderTotal'),
    currency: find('currency'),
    country: find('country'),
  };
}
