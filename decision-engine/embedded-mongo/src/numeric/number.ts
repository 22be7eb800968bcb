import { Decimal128, Double } from 'bson';
import type { Maybe, Value } from '../bson/value.js';
import { compareExact, type Exact, exactOf, exactOfDouble } from './decimal.js';

export type Numeric = number | bigint | Double | Decimal128;
export type NumericKind = 'int' | 'long' | 'double' | 'decimal';

export function isNumeric(value: Maybe): value is Numeric {
  return (
    typeof value === 'number' ||
    typeof value === 'bigint' ||
    value instanceof Double ||
    value instanceof Decimal128
  );
}

export function isInt32(value: number): boolean {
  return (value | 0) === value && !Object.is(value, -0);
}

export function kindOf(value: Numeric): NumericKind {
  if (typeof value === 'number') return isInt32(value) ? 'int' : 'double';
  if (typeof value === 'bigint') return 'long';
  return value instanceof Double ? 'double' : 'decimal';
}

/** The nearest double. */
export function toNumber(value: Numeric): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  return value instanceof Double ? value.value : Number(value.toString());
}

/** A double as a BSON value; integral ones are wrapped so that they stay doubles. */
export function double(value: number): number | Double {
  return isInt32(value) ? new Double(value) : value;
}

/** Sort order of MongoDB: NaN before every number, all numeric types by their mathematical value. */
export function compareNumeric(a: Numeric, b: Numeric): number {
  const left = typeof a === 'number' ? a : a instanceof Double ? a.value : a;
  const right = typeof b === 'number' ? b : b instanceof Double ? b.value : b;
  if (typeof left === 'number' && typeof right === 'number') return compareDoubles(left, right);
  if (typeof left === 'bigint' && typeof right === 'bigint') return left < right ? -1 : left > right ? 1 : 0;
  const x = finite(left);
  const y = finite(right);
  if (typeof x === 'number' || typeof y === 'number') {
    return compareDoubles(typeof x === 'number' ? x : 0, typeof y === 'number' ? y : 0);
  }
  return compareExact(x, y);
}

function compareDoubles(a: number, b: number): number {
  if (a < b) return -1;
  if (a > b) return 1;
  if (a === b) return 0;
  return Number.isNaN(a) ? (Number.isNaN(b) ? 0 : -1) : 1;
}

/** The exact value, or the number itself when it is not finite. */
export function finite(value: Numeric): Exact | number {
  if (typeof value === 'bigint') return { coefficient: value, exponent: 0 };
  if (value instanceof Decimal128) return exactOf(value);
  const number = value instanceof Double ? value.value : value;
  return Number.isFinite(number) ? exactOfDouble(number) : number;
}

/** The integer a numeric value stands for, or undefined where it is not integral or beyond int64. */
export function toInteger(value: Maybe): bigint | undefined {
  if (!isNumeric(value)) return undefined;
  if (typeof value === 'bigint') return value;
  const exact = finite(value);
  if (typeof exact === 'number') return undefined;
  const unit = 10n ** BigInt(Math.abs(exact.exponent));
  if (exact.exponent >= 0) return inLong(exact.coefficient * unit);
  return exact.coefficient % unit === 0n ? inLong(exact.coefficient / unit) : undefined;
}

export function isLong(value: bigint): boolean {
  return value >= -0x8000000000000000n && value <= 0x7fffffffffffffffn;
}

function inLong(value: bigint): bigint | undefined {
  return isLong(value) ? value : undefined;
}

/** A safe integer argument (limit, skip, size), or undefined. Fractions are cut off as MongoDB does. */
export function toSafeInt(value: Maybe): number | undefined {
  if (!isNumeric(value)) return undefined;
  const number = Math.trunc(toNumber(value));
  return Number.isSafeInteger(number) ? number : undefined;
}

/** Truth of a command flag or expression: false, 0, null and missing are false. */
export function truthy(value: Maybe): boolean {
  if (value === undefined || value === null || value === false) return false;
  if (isNumeric(value)) return toNumber(value) !== 0;
  return true;
}

/** A number as int32 where it fits, else int64: what counters in replies are. */
export function integer(value: number): Value {
  return isInt32(value) ? value : Number.isSafeInteger(value) ? BigInt(value) : value;
}
