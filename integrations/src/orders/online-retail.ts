import type { OrderMapping } from './order-mapping.js';

/**
 * The UCI Online Retail table (a UK gift shop's order lines). Its times carry no zone; they are read as UTC, a decision:
 * the shop's own zone is UTC in winter and an hour ahead in summer, and the data doesn't say which it used. `CustomerID`
 * 0 stands for guests; ids are written as `17850.0`.
 */
export const ONLINE_RETAIL: OrderMapping = {
  source: 'online-retail',
  columns: {
    orderId: 'InvoiceNo',
    customerId: 'CustomerID',
    date: 'InvoiceDate',
    productId: 'StockCode',
    productName: 'Description',
    quantity: 'Quantity',
    price: 'UnitPrice',
    country: 'Country',
  },
  delimiter: ',',
  encoding: 'utf-8',
  header: true,
  decimal: '.',
  date: { format: 'iso', timeZone: 'UTC' },
  currency: 'GBP',
  guests: ['0'],
};
