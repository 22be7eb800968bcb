import { BSONRegExp, MaxKey, MinKey } from 'bson';
import type { Value } from '../bson/value.js';
import { encodeKey } from '../order/encode-key.js';
import { rankOf } from '../order/type-order.js';
import type { FieldNode } from '../query/node.js';
import { literalPrefix } from '../query/regex.js';

/** One end of an interval: key bytes, and whether keys that begin with them belong to it. */
export interface Bound {
  readonly bytes: Buffer;
  readonly inclusive: boolean;
}

/** The values of one field that a condition can match: in ascending key bytes, before any inversion. */
export interface Interval {
  readonly low: Bound;
  readonly high: Bound;
  /** One single value. */
  readonly point: boolean;
}

/** How a value becomes key bytes (a collated index folds text first). */
export type EncodeValue = (value: Value) => Buffer;

/** What a condition allows, a superset; undefined where an index cannot serve it. */
export function intervalsOf(node: FieldNode, encode: EncodeValue, collated: boolean): Interval[] | undefined {
  const { operator, operand } = node;
  switch (operator) {
    case 'eq':
      return indexable(operand) ? [point(encode(operand))] : undefined;
    case 'in':
      if (!Array.isArray(operand) || !operand.every(indexable)) return undefined;
      return merge(operand.map((value) => point(encode(value))));
    case 'gt':
    case 'gte':
    case 'lt':
    case 'lte':
      return collated || operand instanceof MinKey || operand instanceof MaxKey || Array.isArray(operand)
        ? undefined
        : [range(operator, operand, encode)];
    case 'regex': {
      const prefix = !collated && operand instanceof BSONRegExp ? literalPrefix(operand) : undefined;
      if (prefix === undefined) return undefined;
      const bytes = encodeKey(prefix);
      const bound = { bytes: bytes.subarray(0, bytes.length - 2), inclusive: true };
      return [{ low: bound, high: bound, point: false }, point(encode(operand))];
    }
    case 'exists':
    case 'elemMatch':
    case 'elemMatchValue':
    case 'other':
      return undefined;
  }
}

/** Equality with arrays and regular expressions is decided on the document. */
export function indexable(value: Value): boolean {
  return !Array.isArray(value) && !(value instanceof BSONRegExp);
}

function point(bytes: Buffer): Interval {
  const bound = { bytes, inclusive: true };
  return { low: bound, high: bound, point: true };
}

function range(operator: 'gt' | 'gte' | 'lt' | 'lte', operand: Value, encode: EncodeValue): Interval {
  if (operand === null) return point(encode(null));
  const bytes = encode(operand);
  const bracket = { bytes: Buffer.from([rankOf(operand)]), inclusive: true };
  const bound = { bytes, inclusive: operator.endsWith('e') };
  return operator.startsWith('g')
    ? { low: bound, high: bracket, point: false }
    : { low: bracket, high: bound, point: false };
}

/** Sorted and without duplicates. */
function merge(intervals: Interval[]): Interval[] {
  const sorted = intervals.sort((a, b) => Buffer.compare(a.low.bytes, b.low.bytes));
  return sorted.filter((interval, i) => i === 0 || !sorted[i - 1]?.low.bytes.equals(interval.low.bytes));
}

/** What lies in both, undefined where nothing does. */
export function intersect(a: Interval, b: Interval): Interval | undefined {
  const low = Buffer.compare(lowKey(a), lowKey(b)) >= 0 ? a.low : b.low;
  const high = Buffer.compare(highKey(a), highKey(b)) <= 0 ? a.high : b.high;
  const both = { low, high, point: a.point || b.point };
  return Buffer.compare(lowKey(both), highKey(both)) < 0 ? both : undefined;
}

function lowKey({ low }: Interval): Buffer {
  return low.inclusive ? low.bytes : successor(low.bytes);
}

function highKey({ high }: Interval): Buffer {
  return high.inclusive ? successor(high.bytes) : high.bytes;
}

/** The first key after all that begin with `bytes`. */
export function successor(bytes: Buffer): Buffer {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0xff) end--;
  const next = Buffer.from(bytes.subarray(0, end));
  if (end > 0) next[end - 1] = (next[end - 1] ?? 0) + 1;
  return next;
}

/** The keys of an interval in a field of the given direction: from `start` up to `end`. */
export function fieldKeys(interval: Interval, direction: 1 | -1): { start: Buffer; end: Buffer } {
  if (direction === 1) return { start: lowKey(interval), end: highKey(interval) };
  const { low, high } = interval;
  const [from, to] = [inverted(high.bytes), inverted(low.bytes)];
  return { start: high.inclusive ? from : successor(from), end: low.inclusive ? successor(to) : to };
}

function inverted(bytes: Buffer): Buffer {
  return Buffer.from(bytes.map((byte) => ~byte & 0xff));
}
