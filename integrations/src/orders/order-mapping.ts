import { z } from 'zod';
import { ENCODINGS } from '../rows/lines.js';
import { formatIssue, type InboundIssue } from '../segment/issue.js';
import { toInboundIssues } from '../segment/zod-issues.js';
import { isTimeZone } from './read-date.js';
import { DECIMAL_MARKS } from './read-number.js';

const COLUMN_RULE = 'the name of a column, or its number from 1';
const column = z.union([z.string().min(1, { error: COLUMN_RULE }), z.int().min(1, { error: COLUMN_RULE })], {
  error: COLUMN_RULE,
});

const columns = z
  .strictObject({
    orderId: column,
    customerId: column.optional(),
    email: column.optional(),
    phone: column.optional(),
    date: column,
    productId: column.optional(),
    productName: column.optional(),
    category: column.optional(),
    quantity: column.optional(),
    /** Of one piece. */
    price: column.optional(),
    /** Of the row: price times quantity. */
    lineTotal: column.optional(),
    /** Of the whole order, the same in each of its rows. */
    orderTotal: column.optional(),
    currency: column.optional(),
    country: column.optional(),
  })
  .refine((given) => given.customerId !== undefined || given.email !== undefined, {
    path: ['customerId'],
    error: 'given, or "email" in its place',
  })
  .refine((given) => (given.price ?? given.lineTotal ?? given.orderTotal) !== undefined, {
    path: ['price'],
    error: 'given, or "lineTotal" or "orderTotal" in its place',
  });

const currencyCode = z
  .string()
  .regex(/^[A-Z]{3}$/, { error: 'a currency code of three capitals, such as "EUR"' });

/** How to read an order table: which column holds what, and how values are written. */
export const orderMappingSchema = z.strictObject({
  /** Names the shop, so that order 1001 of two shops stays two orders. Part of every event's id. */
  source: z
    .string({ error: '1 to 40 small letters, digits and dashes' })
    .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, { error: '1 to 40 small letters, digits and dashes' }),
  columns,
  delimiter: z
    .string()
    .length(1, { error: 'one character' })
    .refine((mark) => mark !== '"' && mark !== '\n' && mark !== '\r', {
      error: 'neither a quote nor a line break',
    })
    .default(','),
  encoding: z.enum(ENCODINGS, { error: `one of ${ENCODINGS.join(', ')}` }).default('utf-8'),
  /** Without a header row, columns are given by number. */
  header: z.boolean({ error: 'true or false' }).default(true),
  decimal: z.enum(DECIMAL_MARKS, { error: '"." or ","' }).default('.'),
  date: z
    .strictObject({
      format: z.string().min(1, { error: '"iso", "unix-s", "unix-ms" or a pattern' }).default('iso'),
      timeZone: z
        .string()
        .refine(isTimeZone, { error: 'an IANA time zone such as "Europe/Berlin"' })
        .default('UTC'),
    })
    .default({ format: 'iso', timeZone: 'UTC' }),
  /** Of orders whose rows name none. */
  currency: currencyCode,
  /** Customer ids that stand for "nobody known". The empty id always does. */
  guests: z.array(z.string()).default([]),
});

export type OrderMapping = z.output<typeof orderMappingSchema>;

export type ReadMapping =
  | { readonly ok: true; readonly mapping: OrderMapping }
  | { readonly ok: false; readonly issues: readonly InboundIssue[] };

/** Checks a mapping as read from JSON. Unknown keys are refused: a misspelt column would silently be left out. */
export function readOrderMapping(raw: unknown): ReadMapping {
  const parsed = orderMappingSchema.safeParse(raw);
  if (parsed.success) return { ok: true, mapping: parsed.data };
  return { ok: false, issues: toInboundIssues(parsed.error, raw) };
}

/** The issues of a mapping, one a line. */
export function describeMappingIssues(issues: readonly InboundIssue[]): string {
  return issues.map(formatIssue).join('\n');
}
