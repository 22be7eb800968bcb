import { Binary, BSONRegExp, Decimal128, ObjectId, Timestamp } from 'bson';
import { isDoc, keysOf, type Maybe } from './value.js';

/** A value as MongoDB writes it into error messages: `{ a: 1, b: "x", _id: ObjectId('…') }`. */
export function show(value: Maybe): string {
  if (value === undefined) return 'undefined';
  if (value === null) return 'null';
  if (typeof value === 'string') return `"${value}"`;
  if (Array.isArray(value)) return value.length === 0 ? '[]' : `[ ${value.map(show).join(', ')} ]`;
  if (isDoc(value)) {
    const fields = keysOf(value).map((key) => `${key}: ${show(value[key])}`);
    return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
  }
  if (value instanceof ObjectId) return `ObjectId('${value.toHexString()}')`;
  if (value instanceof Date) {
    const time = value.getTime();
    return Number.isNaN(time) ? 'new Date(NaN)' : `new Date(${time})`;
  }
  if (value instanceof Decimal128) return `Decimal128('${value.toString()}')`;
  if (value instanceof BSONRegExp) return `/${value.pattern}/${value.options}`;
  if (value instanceof Timestamp) return `Timestamp(${value.t}, ${value.i})`;
  if (value instanceof Binary) return `BinData(${value.sub_type}, ${value.toString('hex').toUpperCase()})`;
  return String(value);
}
