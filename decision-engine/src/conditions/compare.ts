import type { FieldValue } from './facts.js';

/** Kleene's three values. */
export type Truth = 'true' | 'false' | 'unknown';

export function truth(value: boolean): Truth {
  return value ? 'true' : 'false';
}

export function negate(value: Truth): Truth {
  return value === 'unknown' ? 'unknown' : value === 'true' ? 'false' : 'true';
}

export type OrderedComparison = 'eq' | 'ne' | 'lt' | 'lte' | 'gt' | 'gte';

/** A date counts as its milliseconds, ISO 8601 text beside a date too. */
function comparable(value: FieldValue, other: FieldValue): FieldValue {
  if (value instanceof Date) return value.getTime();
  if (typeof value === 'string' && other instanceof Date) return Date.parse(value);
  return value;
}

/** Values of different types are unequal, and which comes first is unknown. */
export function compareValues(left: FieldValue, op: OrderedComparison, right: FieldValue): Truth {
  const a = comparable(left, right);
  const b = comparable(right, left);
  const ordered =
    (typeof a === 'number' && typeof b === 'number' && !Number.isNaN(a) && !Number.isNaN(b)) ||
    (typeof a === 'string' && typeof b === 'string');
  switch (op) {
    case 'eq':
      return truth(a === b);
    case 'ne':
      return truth(a !== b);
    case 'lt':
      return ordered ? truth(a < b) : 'unknown';
    case 'lte':
      return ordered ? truth(a <= b) : 'unknown';
    case 'gt':
      return ordered ? truth(a > b) : 'unknown';
    case 'gte':
      return ordered ? truth(a >= b) : 'unknown';
  }
}

const WORDS: Readonly<Record<OrderedComparison, string>> = {
  eq: '',
  ne: 'other than ',
  lt: 'below ',
  lte: 'at most ',
  gt: 'above ',
  gte: 'at least ',
};

export function comparisonWords(op: OrderedComparison): string {
  return WORDS[op];
}

/** To at most 4 digits after the point; small numbers keep 3 digits that count. */
export function numberText(value: number): string {
  if (Number.isInteger(value)) return String(value);
  if (Math.abs(value) < 0.001) return String(Number(value.toPrecision(3)));
  // Beyond this, rounding would have to multiply past the exact integers.
  if (Math.abs(value) > 1e11) return String(value);
  return String(Math.round(value * 10_000) / 10_000);
}

/** As people read it: numbers to at most 4 digits after the point, dates as ISO 8601. */
export function valueText(value: FieldValue | undefined): string {
  if (value === undefined) return 'not known';
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'number') return numberText(value);
  if (typeof value === 'string') return `"${value}"`;
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (value.length === 0) return 'empty';
  return value.length > 8 ? `${value.slice(0, 8).join(', ')} … (${value.length})` : value.join(', ');
}
