import { Binary, BSONRegExp, BSONSymbol, Code, Decimal128, Double, ObjectId, Timestamp } from 'bson';
import { isDoc, keysOf, type Maybe } from '../bson/value.js';
import { type Exact, TEN } from '../numeric/decimal.js';
import { finite, isNumeric, type Numeric, toNumber } from '../numeric/number.js';
import { rankOf } from './type-order.js';

const NUMBER = { nan: 1, negativeInfinity: 2, negative: 3, zero: 4, positive: 5, infinity: 6 } as const;
const FRACTION_BITS = 64n;
const view = new DataView(new ArrayBuffer(8));

/** What is being written, and where; every writer returns the place after what it wrote. */
let scratch = Buffer.allocUnsafeSlow(4096);
let at = 0;

/**
 * Bytes that compare (as unsigned bytes) the way {@link compareValues} orders the values, and no encoding is the
 * beginning of another, so that they can be put one after the other in a compound key.
 */
export function encodeKey(value: Maybe): Buffer {
  at = 0;
  write(value);
  return Buffer.from(scratch.subarray(0, at));
}

function room(count: number): void {
  if (at + count <= scratch.length) return;
  const larger = Buffer.allocUnsafeSlow(Math.max(at + count, scratch.length * 2));
  scratch.copy(larger, 0, 0, at);
  scratch = larger;
}

function byte(value: number): number {
  room(1);
  scratch[at++] = value;
  return at;
}

function write(value: Maybe): number {
  byte(rankOf(value));
  return body(value);
}

function body(value: Maybe): number {
  if (value === undefined || value === null) return at;
  if (typeof value === 'string') return text(value);
  if (isNumeric(value)) return number(value);
  if (typeof value === 'boolean') return byte(value ? 1 : 0);
  if (value instanceof ObjectId) return bytes(value.id);
  if (value instanceof Date) return int64(BigInt(value.getTime() || 0));
  if (isDoc(value)) {
    for (const key of keysOf(value)) {
      const field = value[key];
      if (field === undefined) continue;
      byte(rankOf(field));
      text(key);
      body(field);
    }
    return byte(0);
  }
  if (Array.isArray(value)) {
    for (const item of value) write(item);
    return byte(0);
  }
  if (value instanceof Timestamp) {
    room(8);
    at = scratch.writeUInt32BE(value.t, at);
    at = scratch.writeUInt32BE(value.i, at);
    return at;
  }
  if (value instanceof Binary) {
    room(5);
    at = scratch.writeUInt32BE(value.position, at);
    byte(value.sub_type);
    return bytes(value.buffer.subarray(0, value.position));
  }
  if (value instanceof BSONRegExp) {
    text(value.pattern);
    return text(value.options);
  }
  if (value instanceof BSONSymbol) return text(value.value);
  return value instanceof Code ? text(value.code) : at;
}

function bytes(source: Uint8Array): number {
  room(source.length);
  scratch.set(source, at);
  at += source.length;
  return at;
}

/** UTF-8 with zero bytes escaped as 00 FF, ended by 00 00, so that a prefix sorts first. */
function text(value: string): number {
  room(value.length * 3 + 2);
  const start = at;
  at += scratch.write(value, at, 'utf8');
  if (value.includes('\u0000')) {
    const raw = Buffer.from(scratch.subarray(start, at));
    at = start;
    room(raw.length * 2 + 2);
    for (const unit of raw) {
      scratch[at++] = unit;
      if (unit === 0) scratch[at++] = 0xff;
    }
  }
  room(2);
  scratch[at++] = 0;
  scratch[at++] = 0;
  return at;
}

function int64(value: bigint): number {
  room(8);
  at = scratch.writeBigUInt64BE(BigInt.asUintN(64, value) ^ 0x8000000000000000n, at);
  return at;
}

/** Class, magnitude cut to a double, and where the value lies between two doubles, what is left in 2^-64 of the gap. */
function number(value: Numeric): number {
  const approximate = toNumber(value);
  const plain = typeof value === 'number' || value instanceof Double;
  if (plain || (typeof value === 'bigint' && Number.isSafeInteger(approximate)))
    return magnitude(approximate, 0n);
  const exact = finite(value);
  if (typeof exact === 'number') return magnitude(exact, 0n);
  if (exact.coefficient === 0n) return magnitude(0, 0n);
  if (value instanceof Decimal128 && !Number.isFinite(approximate)) return beyondDoubles(exact);
  const [low, rest] = cut(exact, Math.abs(approximate));
  return magnitude(exact.coefficient < 0n ? -low : low, rest);
}

function magnitude(value: number, rest: bigint): number {
  if (Number.isNaN(value)) return byte(NUMBER.nan);
  if (value === 0 && rest === 0n) return byte(NUMBER.zero);
  if (value === Number.POSITIVE_INFINITY) return byte(NUMBER.infinity);
  if (value === Number.NEGATIVE_INFINITY) return byte(NUMBER.negativeInfinity);
  const negative = value < 0 || Object.is(value, -0);
  byte(negative ? NUMBER.negative : NUMBER.positive);
  const start = at;
  room(17);
  view.setFloat64(0, Math.abs(value));
  at = scratch.writeUInt32BE(view.getUint32(0), at);
  at = scratch.writeUInt32BE(view.getUint32(4), at);
  scratch[at++] = rest === 0n ? 0 : 1;
  if (rest !== 0n) at = scratch.writeBigUInt64BE(rest, at);
  if (negative) for (let i = start; i < at; i++) scratch[i] = ~(scratch[i] ?? 0) & 0xff;
  return at;
}

/** Decimals larger than every double sort between the largest double and infinity. */
function beyondDoubles(exact: Exact): number {
  const negative = exact.coefficient < 0n;
  const digits = (negative ? -exact.coefficient : exact.coefficient).toString();
  byte(negative ? NUMBER.negative : NUMBER.positive);
  const start = at;
  room(64);
  at = scratch.writeUInt32BE(0x7ff00000, at);
  at = scratch.writeUInt32BE(exact.exponent + digits.length, at);
  at += scratch.write(digits.replace(/0+$/, ''), at, 'latin1');
  scratch[at++] = 0;
  if (negative) for (let i = start; i < at; i++) scratch[i] = ~(scratch[i] ?? 0) & 0xff;
  return at;
}

/** The largest double not above |exact|, and the rest as a fraction of the gap to the next one. */
function cut(exact: Exact, approximate: number): [low: number, rest: bigint] {
  const size = exact.coefficient < 0n ? -exact.coefficient : exact.coefficient;
  const scale = TEN ** BigInt(Math.abs(exact.exponent));
  const [numerator, denominator] = exact.exponent >= 0 ? [size * scale, 1n] : [size, scale];
  const below = (candidate: number): bigint => {
    const [top, bottom] = ratio(candidate);
    return numerator * bottom - top * denominator;
  };
  const low = below(approximate) < 0n ? nextDouble(approximate, -1n) : approximate;
  const rest = below(low);
  if (rest === 0n) return [low, 0n];
  const [, bottom] = ratio(low);
  const high = nextDouble(low, 1n);
  if (!Number.isFinite(high)) return [low, 1n];
  const [topLow, bottomLow] = ratio(low);
  const [topHigh, bottomHigh] = ratio(high);
  const gapTop = topHigh * bottomLow - topLow * bottomHigh;
  const gapBottom = bottomHigh * bottomLow;
  const fraction = ((rest << FRACTION_BITS) * gapBottom) / (denominator * bottom * gapTop);
  return [low, fraction === 0n ? 1n : fraction];
}

/** A finite double as an exact fraction. */
function ratio(value: number): [bigint, bigint] {
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  const exponent = Number((bits >> 52n) & 0x7ffn);
  const mantissa = bits & 0xfffffffffffffn;
  const top = exponent === 0 ? mantissa : mantissa | 0x10000000000000n;
  const shift = (exponent === 0 ? 1 : exponent) - 1075;
  return shift >= 0 ? [top << BigInt(shift), 1n] : [top, 1n << BigInt(-shift)];
}

function nextDouble(value: number, step: bigint): number {
  view.setFloat64(0, value);
  view.setBigUint64(0, view.getBigUint64(0) + step);
  return view.getFloat64(0);
}
