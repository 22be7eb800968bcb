import { Decimal128 } from 'bson';
import { addExact, divideExact, type Exact, multiplyExact, toDecimal } from './decimal.js';
import { double, finite, isInt32, isLong, kindOf, type Numeric, toNumber } from './number.js';

/** What becomes of an int64 sum that does not fit: a double (expressions) or nothing (updates refuse it). */
export type Result = Numeric | undefined;

/** The sum, in the widest type of the two; undefined where int64 overflows. */
export function add(a: Numeric, b: Numeric): Result {
  return combine([a, b], {
    double: (x, y) => x + y,
    integer: (x, y) => x + y,
    exact: addExact,
  });
}

/** The product, in the widest type of the two; undefined where int64 overflows. */
export function multiply(a: Numeric, b: Numeric): Result {
  return combine([a, b], {
    double: (x, y) => x * y,
    integer: (x, y) => x * y,
    exact: multiplyExact,
  });
}

function negate(value: Numeric): Numeric {
  return multiply(value, -1) ?? double(-toNumber(value));
}

/** `a - b` in the widest type of the two. */
export function subtract(a: Numeric, b: Numeric): Result {
  return add(a, negate(b));
}

/** A quotient is a double, or a decimal where one of the two is. `b` must not be zero. */
export function divide(a: Numeric, b: Numeric): Numeric {
  const [x, y] = [finite(a), finite(b)];
  const decimal = kindOf(a) === 'decimal' || kindOf(b) === 'decimal';
  if (decimal && typeof x !== 'number' && typeof y !== 'number') return toDecimal(divideExact(x, y));
  return double(toNumber(a) / toNumber(b));
}

interface Ways {
  double(x: number, y: number): number;
  integer(x: bigint, y: bigint): bigint;
  exact(x: Exact, y: Exact): Exact;
}

function combine([a, b]: readonly [Numeric, Numeric], ways: Ways): Result {
  const kinds = [kindOf(a), kindOf(b)];
  if (kinds.includes('decimal')) {
    const [x, y] = [finite(a), finite(b)];
    if (typeof x === 'number' || typeof y === 'number') {
      return Decimal128.fromString(decimalText(ways.double(toNumber(a), toNumber(b))));
    }
    return toDecimal(ways.exact(x, y));
  }
  if (kinds.includes('double')) return double(ways.double(toNumber(a), toNumber(b)));
  if (typeof a === 'number' && typeof b === 'number') {
    const quick = ways.double(a, b) + 0;
    if (isInt32(quick)) return quick;
  }
  const sum = ways.integer(BigInt(toNumberOrBig(a)), BigInt(toNumberOrBig(b)));
  return isLong(sum) ? sum : undefined;
}

function toNumberOrBig(value: Numeric): number | bigint {
  return typeof value === 'bigint' ? value : toNumber(value);
}

function decimalText(value: number): string {
  return Number.isNaN(value) ? 'NaN' : value > 0 ? 'Infinity' : '-Infinity';
}
