import { Binary, Decimal128, Double, ObjectId, Timestamp } from 'bson';
import { encodeDoc } from '../../bson/encode.js';
import { isDoc, type Maybe, type Value } from '../../bson/value.js';
import { MongoError } from '../../errors.js';
import { parseExact, toDecimal } from '../../numeric/decimal.js';
import {
  double,
  finite,
  isLong,
  isNumeric,
  kindOf,
  type Numeric,
  toNumber,
  truthy,
} from '../../numeric/number.js';
import { TYPE_NUMBERS, typeName, typeOf } from '../../query/type-names.js';
import { compileExpression } from '../expression.js';
import { eager, isNullish, namedOperand, ONE, type OperatorTable } from './operator.js';

/** What `$toString` makes of a value, undefined where it has no text. */
export function textOf(value: Value): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return String(value);
  if (value instanceof Date) return value.toISOString();
  if (value instanceof ObjectId) return value.toHexString();
  if (value instanceof Double) return String(value.value);
  if (value instanceof Binary && value.sub_type === Binary.SUBTYPE_UUID) return value.toUUID().toString();
  return isNumeric(value) ? String(value) : undefined;
}

function fails(value: Value, to: string, detail?: string): MongoError {
  return new MongoError(
    'ConversionFailure',
    detail ?? `Unsupported conversion from ${typeOf(value)} to ${to} in $convert with no onError value`,
  );
}

function numberOf(value: Value, to: string): Numeric {
  if (isNumeric(value)) return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (value instanceof Date && to !== 'int') return BigInt(value.getTime());
  if (typeof value === 'string') {
    if (
      /^\s|\s$/.test(value) ||
      value === '' ||
      !/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$|^[+-]?(nan|inf(inity)?)$/i.test(value)
    ) {
      throw fails(value, to, `Failed to parse number '${value}' in $convert with no onError value`);
    }
    if (to === 'decimal') return Decimal128.fromString(value.replace(/^\+/, ''));
    if (to === 'double') return double(Number(value));
    if (!/^[+-]?\d+$/.test(value))
      throw fails(value, to, `Failed to parse number '${value}' in $convert with no onError value`);
    return BigInt(value);
  }
  throw fails(value, to);
}

function whole(value: Value, to: 'int' | 'long'): Value {
  const exact = finite(numberOf(value, to));
  if (typeof exact === 'number')
    throw fails(
      value,
      to,
      `Attempt to convert ${exact} value to integer type in $convert with no onError value`,
    );
  const unit = 10n ** BigInt(Math.abs(exact.exponent));
  const cut = exact.exponent >= 0 ? exact.coefficient * unit : exact.coefficient / unit;
  if (to === 'long' ? isLong(cut) : cut >= -0x80000000n && cut <= 0x7fffffffn)
    return to === 'long' ? cut : Number(cut);
  throw fails(value, to, `Conversion would overflow target type in $convert with no onError value: ${cut}`);
}

export function dateOf(value: Value): Value {
  if (value instanceof Date) return value;
  if (value instanceof ObjectId) return value.getTimestamp();
  if (value instanceof Timestamp) return new Date(value.t * 1000);
  if (isNumeric(value) && kindOf(value) !== 'int') return new Date(toNumber(value));
  if (typeof value === 'string') {
    const date = parseDate(value);
    if (date) return date;
    throw fails(value, 'date', `Error parsing date string '${value}'`);
  }
  throw fails(value, 'date');
}

/** ISO 8601 text as a date, without an offset in UTC; undefined for anything else. */
function parseDate(value: string): Date | undefined {
  const iso = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?)?$/i.exec(
    value.trim(),
  );
  if (!iso) return undefined;
  const zoned = iso[1] === undefined || iso[4] !== undefined ? value.trim() : `${value.trim()}Z`;
  const date = new Date(
    zoned
      .replace(' ', 'T')
      .replace(/\s/g, '')
      .replace(/([+-]\d{2})(\d{2})$/, '$1:$2'),
  );
  return Number.isNaN(date.getTime()) ? undefined : date;
}

function convert(value: Value, to: string): Value {
  switch (to) {
    case 'int':
    case 'long':
      return whole(value, to);
    case 'double': {
      const number = numberOf(value, to);
      return double(toNumber(number));
    }
    case 'decimal': {
      const number = numberOf(value, to);
      if (number instanceof Decimal128) return number;
      const plain = toNumber(number);
      if (!Number.isFinite(plain))
        return Decimal128.fromString(Number.isNaN(plain) ? 'NaN' : plain > 0 ? 'Infinity' : '-Infinity');
      return toDecimal(parseExact(kindOf(number) === 'double' ? String(plain) : String(number)));
    }
    case 'bool':
      return isNumeric(value) ? truthy(value) : value !== false;
    case 'string': {
      const text = textOf(value);
      if (text === undefined) throw fails(value, to);
      return text;
    }
    case 'objectId': {
      if (value instanceof ObjectId) return value;
      if (typeof value === 'string' && /^[0-9a-f]{24}$/i.test(value)) return new ObjectId(value);
      throw fails(
        value,
        to,
        typeof value === 'string'
          ? `Failed to parse objectId '${value}' in $convert with no onError value`
          : undefined,
      );
    }
    case 'date':
      return dateOf(value);
    default:
      throw new MongoError('BadValue', `Unknown type name: ${to}`);
  }
}

function converter(to: string) {
  return eager(ONE, ([value]) => (isNullish(value) ? null : convert(value, to)));
}

function targetOf(to: Maybe): string {
  if (isNumeric(to)) return typeName(toNumber(to)) ?? String(to);
  const inner = isDoc(to) ? to['type'] : to;
  const name = String(inner);
  if (TYPE_NUMBERS[name] === undefined) throw new MongoError('BadValue', `Unknown type name: ${name}`);
  return name;
}

export const types: OperatorTable = {
  $type: eager(ONE, ([value]) => typeOf(value)),
  $isNumber: eager(ONE, ([value]) => isNumeric(value)),
  $toInt: converter('int'),
  $toLong: converter('long'),
  $toDouble: converter('double'),
  $toDecimal: converter('decimal'),
  $toBool: converter('bool'),
  $toString: converter('string'),
  $toObjectId: converter('objectId'),
  $toDate: converter('date'),
  $convert: (operand, name) => {
    const source = namedOperand(operand, name, {
      required: ['input', 'to'],
      optional: ['onError', 'onNull', 'format'],
    });
    const [input, to, onError, onNull] = ['input', 'to', 'onError', 'onNull'].map((key) =>
      compileExpression(source[key]),
    );
    return (scope) => {
      const value = input?.(scope);
      if (isNullish(value)) return onNull?.(scope) ?? null;
      try {
        return convert(value, targetOf(to?.(scope)));
      } catch (fault) {
        if (source['onError'] === undefined || !(fault instanceof MongoError) || fault.code !== 241)
          throw fault;
        return onError?.(scope);
      }
    };
  },
  $bsonSize: eager(ONE, ([value]) => (isNullish(value) ? null : sizeOf(value))),
  $binarySize: eager(ONE, ([value]) => {
    if (isNullish(value)) return null;
    return value instanceof Binary ? value.position : Buffer.byteLength(String(value));
  }),
};

function sizeOf(value: Value): number {
  if (!isDoc(value)) throw new MongoError(31393, '$bsonSize requires a document input');
  return encodeDoc(value).length;
}
