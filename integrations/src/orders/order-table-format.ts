import { createHash } from 'node:crypto';
import type { FileReader, FileScan, ImportFormat, ImportSink } from '../import/import-format.js';
import { type CsvRecord, createCsvReader } from '../rows/csv-records.js';
import { rejectRow } from '../rows/rejected-row.js';
import { TextSet } from '../rows/text-set.js';
import { locateColumns } from './header.js';
import { identifyEvent, type OpenOrder, orderEvent } from './order.js';
import { createOrderGrouper } from './order-grouper.js';
import type { OrderMapping } from './order-mapping.js';
import { type ColumnIndex, createOrderRowReader, RowFault } from './order-row.js';
import { createOrderSurvey } from './order-survey.js';

export type OrderTableOptions = {
  readonly id: string;
  readonly mapping: OrderMapping;
  /** Take orders of nobody known too, each as an anonymous customer of its own. */
  readonly keepGuests: boolean;
};

/** Raised whenever the same file and mapping would give other events than before. */
const VERSION = 1;

/** The row as an order id survey and the grouper both see it: read loosely, so that refused rows count too. */
const looseOrderId = (record: CsvRecord, columns: ColumnIndex): string =>
  (columns.orderId === undefined ? '' : (record.fields[columns.orderId] ?? ''))
    .trim()
    .replace(/^(\d+)\.0+$/, '$1');

function shapeFault(record: CsvRecord, width: number): string | undefined {
  const { length } = record.fields;
  if (length < width) return `Expected ${width} columns, got ${length}`;
  const surplus = record.fields.slice(width);
  return surplus.some((field) => field.trim() !== '')
    ? `Expected ${width} columns, got ${length}`
    : undefined;
}

function widthOf(columns: ColumnIndex, header: CsvRecord | undefined): number {
  if (header) return header.fields.length;
  return Math.max(...Object.values(columns).map((position) => (position ?? 0) + 1));
}

/** Feeds the data records of a table to `onRecord`, once the first one (or the header) has told the columns. */
function createTableReader(
  mapping: OrderMapping,
  onColumns: (columns: ColumnIndex, width: number) => (record: CsvRecord) => void,
) {
  let onRecord: ((record: CsvRecord) => void) | undefined;
  return (record: CsvRecord): void => {
    const header = mapping.header && !onRecord ? record : undefined;
    if (!onRecord) {
      const columns = locateColumns(mapping, header);
      onRecord = onColumns(columns, widthOf(columns, header));
    }
    if (!header) onRecord(record);
  };
}

function createReader(
  options: OrderTableOptions,
  lastLines: ReadonlyMap<string, number>,
  receivedAt: Date,
): FileReader {
  const { mapping, keepGuests } = options;
  const csv = createCsvReader(mapping.delimiter);
  const prefix = options.id === mapping.source ? options.id : `${options.id}:${mapping.source}`;
  const introduced = new TextSet();
  let sink: ImportSink;

  const grouper = createOrderGrouper(lastLines, (order: OpenOrder) => {
    if (order.first.customer === '' && !keepGuests) return sink.guestOrder();
    const identify = identifyEvent(order, { prefix, receivedAt });
    if (identify && introduced.add(identify.messageId)) sink.event(identify);
    sink.event(orderEvent(order, { prefix, receivedAt }));
  });

  const onRecord = createTableReader(mapping, (columns, width) => {
    const readRow = createOrderRowReader(mapping, columns);
    const reasonAgainst = (record: CsvRecord): string | undefined => {
      try {
        return shapeFault(record, width) ?? grouper.add(readRow(record));
      } catch (error) {
        if (error instanceof RowFault) return error.message;
        throw error;
      }
    };
    return (record) => {
      sink.row();
      const reason = reasonAgainst(record);
      if (reason !== undefined) sink.rejected(rejectRow(record, reason));
      grouper.passed(looseOrderId(record, columns), record.line);
    };
  });

  const records = {
    record: onRecord,
    rejected(row: Parameters<ImportSink['rejected']>[0]) {
      sink.row();
      sink.rejected(row);
    },
  };
  return {
    push(line, into) {
      sink = into;
      csv.push(line, records);
    },
    end(into) {
      sink = into;
      csv.end(records);
      grouper.end();
    },
  };
}

function createScan(options: OrderTableOptions): FileScan {
  const survey = createOrderSurvey();
  const csv = createCsvReader(options.mapping.delimiter);
  const onRecord = createTableReader(options.mapping, (columns) => (record) => {
    survey.see(looseOrderId(record, columns), record.line);
  });
  const records = { record: onRecord, rejected: () => undefined };
  return {
    push: (line) => csv.push(line, records),
    end() {
      csv.end(records);
      return ({ receivedAt }) => createReader(options, survey.scattered(), receivedAt);
    },
  };
}

/** Order tables: one row per ordered item (or per order), grouped by order id, each order one "Order Completed". */
export function createOrderTableFormat(options: OrderTableOptions): ImportFormat {
  const settings = JSON.stringify([options.id, VERSION, options.mapping, options.keepGuests]);
  return {
    id: options.id,
    key: `${options.id}@${VERSION}:${createHash('sha256').update(settings).digest('hex').slice(0, 16)}`,
    encoding: options.mapping.encoding,
    createScan: () => createScan(options),
  };
}
