import { Binary } from 'bson';
import { isDoc, type Maybe, type Value } from '../bson/value.js';
import { MongoError } from '../errors.js';
import { compileRegion } from '../geo/geo-conditions.js';
import { isNumeric, toInteger, toNumber } from '../numeric/number.js';
import type { CompareText } from '../order/compare.js';
import { TYPE_NUMBERS, typeName, typeOf } from './type-names.js';

/** A test and whether it looks at an array as a whole. */
export interface ElementTest {
  readonly test: (value: Maybe) => boolean;
  readonly onWhole?: boolean;
}

/** The conditions that no index serves. @throws MongoError BadValue (2) for an unknown operator or operand. */
export function elementTests(name: string, operand: Value, _text: CompareText): ElementTest {
  switch (name) {
    case '$size':
      return { test: sizeTest(operand), onWhole: true };
    case '$type':
      return { test: typeTest(operand) };
    case '$mod':
      return { test: modTest(operand) };
    case '$bitsAllSet':
    case '$bitsAllClear':
    case '$bitsAnySet':
    case '$bitsAnyClear':
      return { test: bitsTest(name, operand) };
    case '$within':
    case '$geoWithin':
    case '$geoIntersects':
      return { test: compileRegion(name, operand), onWhole: true };
    default:
      throw new MongoError('BadValue', `unknown operator: ${name}`);
  }
}

function sizeTest(operand: Value): (value: Maybe) => boolean {
  const size = toInteger(operand);
  if (!isNumeric(operand))
    throw new MongoError(
      'BadValue',
      `Failed to parse $size. Expected a number in: $size: ${String(operand)}`,
    );
  if (size === undefined)
    throw new MongoError(
      'BadValue',
      `Failed to parse $size. Expected an integer: $size: ${toNumber(operand)}`,
    );
  if (size < 0n)
    throw new MongoError(
      'BadValue',
      `Failed to parse $size. Expected a non-negative number in: $size: ${size}`,
    );
  return (value) => Array.isArray(value) && value.length === Number(size);
}

function typeTest(operand: Value): (value: Maybe) => boolean {
  const names = new Set((Array.isArray(operand) ? operand : [operand]).map(wantedType));
  if (names.size === 0) throw new MongoError('FailedToParse', '$type must match at least one type');
  if (names.has('number')) for (const name of ['int', 'long', 'double', 'decimal']) names.add(name);
  return (value) => value !== undefined && names.has(typeOf(value));
}

function wantedType(operand: Value): string {
  if (typeof operand === 'string') {
    if (operand === 'number' || TYPE_NUMBERS[operand] !== undefined) return operand;
    throw new MongoError('BadValue', `Unknown type name alias: ${operand}`);
  }
  const name = isNumeric(operand) ? typeName(toNumber(operand)) : undefined;
  if (name !== undefined) return name;
  if (isNumeric(operand))
    throw new MongoError('BadValue', `Invalid numerical type code: ${toNumber(operand)}`);
  throw new MongoError('TypeMismatch', 'type must be represented as a number or a string');
}

function modTest(operand: Value): (value: Maybe) => boolean {
  if (!Array.isArray(operand)) throw new MongoError('BadValue', 'malformed mod, needs to be an array');
  if (operand.length < 2) throw new MongoError('BadValue', 'malformed mod, not enough elements');
  if (operand.length > 2) throw new MongoError('BadValue', 'malformed mod, too many elements');
  const [divisor, rest] = operand.map(cutToInteger);
  if (divisor === undefined) throw new MongoError('BadValue', 'malformed mod, divisor not a number');
  if (rest === undefined) throw new MongoError('BadValue', 'malformed mod, remainder not a number');
  if (divisor === 0n) throw new MongoError('BadValue', 'divisor cannot be 0');
  return (value) => {
    const whole = cutToInteger(value);
    return whole !== undefined && whole % divisor === rest;
  };
}

function cutToInteger(value: Maybe): bigint | undefined {
  if (!isNumeric(value)) return undefined;
  if (typeof value === 'bigint') return value;
  const number = Math.trunc(toNumber(value));
  return Number.isFinite(number) ? BigInt(number) : undefined;
}

function bitsTest(name: string, operand: Value): (value: Maybe) => boolean {
  const mask = maskOf(name, operand);
  return (value) => {
    const bits = bitsOf(value);
    if (bits === undefined) return false;
    if (name === '$bitsAllSet') return (bits & mask) === mask;
    if (name === '$bitsAllClear') return (bits & mask) === 0n;
    if (name === '$bitsAnySet') return (bits & mask) !== 0n;
    return (bits & mask) !== mask;
  };
}

function maskOf(name: string, operand: Value): bigint {
  if (Array.isArray(operand)) {
    return operand.reduce<bigint>((mask, position) => {
      const bit = toInteger(position);
      if (bit === undefined || bit < 0n)
        throw new MongoError('BadValue', `bit positions must be >= 0 but got: ${String(position)}`);
      return mask | (1n << bit);
    }, 0n);
  }
  const mask = operand instanceof Binary ? bitsOf(operand) : toInteger(operand);
  if (mask === undefined || mask < 0n) {
    throw new MongoError(
      'BadValue',
      `${name} takes an Array, a number, or a BinData but received: ${typeOf(operand)}`,
    );
  }
  return mask;
}

function bitsOf(value: Maybe): bigint | undefined {
  if (value instanceof Binary) {
    return value.buffer
      .subarray(0, value.position)
      .reduceRight((bits, byte) => (bits << 8n) | BigInt(byte), 0n);
  }
  return isDoc(value) ? undefined : toInteger(value);
}
