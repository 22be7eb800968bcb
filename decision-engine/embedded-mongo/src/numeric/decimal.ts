import { Decimal128 } from 'bson';

/** A finite decimal `coefficient * 10 ^ exponent`. */
export interface Exact {
  readonly coefficient: bigint;
  readonly exponent: number;
}

const DIGITS = 34;
export const TEN = 10n;

/** The exact value of a Decimal128, or NaN, Infinity or -Infinity as a number. */
export function exactOf(decimal: Decimal128): Exact | number {
  const text = decimal.toString();
  if (text === 'NaN') return Number.NaN;
  if (text === 'Infinity' || text === '+Infinity') return Number.POSITIVE_INFINITY;
  if (text === '-Infinity') return Number.NEGATIVE_INFINITY;
  return parseExact(text);
}

export function parseExact(text: string): Exact {
  const [mantissa = '0', power = '0'] = text.toLowerCase().split('e');
  const dot = mantissa.indexOf('.');
  const digits = dot < 0 ? mantissa : mantissa.slice(0, dot) + mantissa.slice(dot + 1);
  const places = dot < 0 ? 0 : mantissa.length - dot - 1;
  return { coefficient: BigInt(digits), exponent: Number(power) - places };
}

/** The exact decimal value of a finite double (every double is a finite decimal). */
export function exactOfDouble(value: number): Exact {
  if (Number.isInteger(value)) return { coefficient: BigInt(value), exponent: 0 };
  let exponent = 0;
  let scaled = value;
  while (!Number.isInteger(scaled)) {
    scaled *= 2;
    exponent++;
  }
  return { coefficient: BigInt(scaled) * 5n ** BigInt(exponent), exponent: -exponent };
}

export function compareExact(a: Exact, b: Exact): number {
  const signA = a.coefficient === 0n ? 0 : a.coefficient < 0n ? -1 : 1;
  const signB = b.coefficient === 0n ? 0 : b.coefficient < 0n ? -1 : 1;
  if (signA !== signB) return signA < signB ? -1 : 1;
  if (signA === 0) return 0;
  const exponent = Math.min(a.exponent, b.exponent);
  const left = a.coefficient * TEN ** BigInt(a.exponent - exponent);
  const right = b.coefficient * TEN ** BigInt(b.exponent - exponent);
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Rounds half to even to 34 digits, as the decimal128 arithmetic of MongoDB does. */
export function toDecimal(exact: Exact): Decimal128 {
  let { coefficient, exponent } = exact;
  const excess = coefficient.toString().replace('-', '').length - DIGITS;
  if (excess > 0) {
    const unit = TEN ** BigInt(excess);
    coefficient = divideHalfEven(coefficient, unit);
    exponent += excess;
  }
  if (exponent > 6111) {
    if (coefficient === 0n) exponent = 6111;
    else return Decimal128.fromString(coefficient < 0n ? '-Infinity' : 'Infinity');
  }
  if (exponent < -6176) {
    coefficient /= TEN ** BigInt(Math.min(-6176 - exponent, 40));
    exponent = -6176;
  }
  return Decimal128.fromString(`${coefficient}E${exponent >= 0 ? '+' : ''}${exponent}`);
}

/** `numerator / denominator` to the nearest integer, ties to even. `denominator` > 0. */
export function divideHalfEven(numerator: bigint, denominator: bigint): bigint {
  const quotient = numerator / denominator;
  const rest = numerator % denominator;
  const twice = (rest < 0n ? -rest : rest) * 2n;
  if (twice < denominator || (twice === denominator && quotient % 2n === 0n)) return quotient;
  return quotient + (numerator < 0n ? -1n : 1n);
}

export function addExact(a: Exact, b: Exact): Exact {
  const exponent = Math.min(a.exponent, b.exponent);
  return {
    coefficient:
      a.coefficient * TEN ** BigInt(a.exponent - exponent) +
      b.coefficient * TEN ** BigInt(b.exponent - exponent),
    exponent,
  };
}

export function multiplyExact(a: Exact, b: Exact): Exact {
  return { coefficient: a.coefficient * b.coefficient, exponent: a.exponent + b.exponent };
}

/** The quotient to 34 digits. `b` must not be zero. */
export function divideExact(a: Exact, b: Exact): Exact {
  const shift = Math.max(0, DIGITS + 2 + b.coefficient.toString().length - a.coefficient.toString().length);
  let coefficient = (a.coefficient * TEN ** BigInt(shift)) / b.coefficient;
  let exponent = a.exponent - b.exponent - shift;
  const ideal = a.exponent - b.exponent;
  while (coefficient !== 0n && exponent < ideal && coefficient % TEN === 0n) {
    coefficient /= TEN;
    exponent++;
  }
  return { coefficient, exponent };
}
