import {
  Binary,
  BSONRegExp,
  BSONSymbol,
  Code,
  Decimal128,
  Double,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
} from 'bson';
import { MongoError } from '../errors.js';
import { Doc, keysOf, RawBson, type Value } from './value.js';

/** What a message may hold: 48,000,000 bytes; a reply may exceed a document's 16 MB by its envelope. */
const MAX_BYTES = 64 * 1024 * 1024;
const MAX_DEPTH = 200;

let scratch = Buffer.allocUnsafeSlow(64 * 1024);

/** Encodes a document as BSON; the bytes belong to the caller. */
export function encodeDoc(doc: Doc): Buffer {
  const end = writeDoc(doc, 0, 0);
  const bytes = Buffer.allocUnsafeSlow(end);
  scratch.copy(bytes, 0, 0, end);
  if (scratch.length > 4 * 1024 * 1024) scratch = Buffer.allocUnsafeSlow(64 * 1024);
  return bytes;
}

/** Encodes a document after `head` free bytes, which the caller fills (a message header). */
export function encodeAfter(doc: Doc, head: number): Buffer {
  const end = writeDoc(doc, head, 0);
  const bytes = Buffer.allocUnsafe(end);
  scratch.copy(bytes, 0, 0, end);
  if (scratch.length > 4 * 1024 * 1024) scratch = Buffer.allocUnsafeSlow(64 * 1024);
  return bytes;
}

function room(end: number): void {
  if (end <= scratch.length) return;
  if (end > MAX_BYTES) throw new MongoError('BSONObjectTooLarge', `BSONObj size: ${end} is invalid`);
  const larger = Buffer.allocUnsafeSlow(Math.max(end, scratch.length * 2));
  scratch.copy(larger);
  scratch = larger;
}

function writeDoc(doc: Doc, start: number, depth: number): number {
  if (depth > MAX_DEPTH)
    throw new MongoError('Overflow', `BSONObj exceeded maximum nested object depth: ${MAX_DEPTH}`);
  room(start + 5);
  let at = start + 4;
  for (const key of keysOf(doc)) {
    const value = doc[key];
    if (value !== undefined) at = writeElement(key, value, [at, depth]);
  }
  room(at + 1);
  scratch[at++] = 0;
  scratch.writeInt32LE(at - start, start);
  return at;
}

function writeArray(items: readonly Value[], start: number, depth: number): number {
  if (depth > MAX_DEPTH)
    throw new MongoError('Overflow', `BSONObj exceeded maximum nested object depth: ${MAX_DEPTH}`);
  room(start + 5);
  let at = start + 4;
  for (let i = 0; i < items.length; i++) at = writeElement(String(i), items[i] ?? null, [at, depth]);
  room(at + 1);
  scratch[at++] = 0;
  scratch.writeInt32LE(at - start, start);
  return at;
}

function writeText(value: string, at: number): number {
  const { length } = value;
  room(at + length * 3 + 1);
  if (length <= 32) {
    let i = 0;
    for (; i < length; i++) {
      const unit = value.charCodeAt(i);
      if (unit > 127) break;
      scratch[at + i] = unit;
    }
    if (i === length) return at + length;
  }
  return at + scratch.write(value, at, 'utf8');
}

function writeCstring(value: string, at: number): number {
  const end = writeText(value, at);
  scratch[end] = 0;
  return end + 1;
}

function writeString(value: string, at: number): number {
  room(at + 5);
  const end = writeCstring(value, at + 4);
  scratch.writeInt32LE(end - at - 4, at);
  return end;
}

/** `place` is [offset, depth]. */
function writeElement(key: string, value: Value, place: [number, number]): number {
  const [start, depth] = place;
  room(start + 1);
  const at = writeCstring(key, start + 1);
  room(at + 17);
  const [type, end] = writeValue(value, at, depth);
  scratch[start] = type;
  return end;
}

function writeValue(value: Value, at: number, depth: number): [type: number, end: number] {
  switch (typeof value) {
    case 'string':
      return [0x02, writeString(value, at)];
    case 'number':
      if ((value | 0) === value && !Object.is(value, -0)) return [0x10, scratch.writeInt32LE(value, at)];
      return [0x01, scratch.writeDoubleLE(value, at)];
    case 'boolean':
      scratch[at] = value ? 1 : 0;
      return [0x08, at + 1];
    case 'bigint':
      return [0x12, scratch.writeBigInt64LE(BigInt.asIntN(64, value), at)];
    default:
      return value === null ? [0x0a, at] : writeObject(value, at, depth);
  }
}

function writeObject(
  value: Exclude<Value, null | string | number | boolean | bigint>,
  at: number,
  depth: number,
): [number, number] {
  if (value instanceof Doc) return [0x03, writeDoc(value, at, depth + 1)];
  if (Array.isArray(value)) return [0x04, writeArray(value, at, depth + 1)];
  if (value instanceof RawBson) {
    room(at + value.bytes.length);
    value.bytes.copy(scratch, at);
    return [0x03, at + value.bytes.length];
  }
  if (value instanceof ObjectId) {
    scratch.set(value.id, at);
    return [0x07, at + 12];
  }
  if (value instanceof Date) {
    const time = value.getTime();
    return [0x09, scratch.writeBigInt64LE(Number.isNaN(time) ? 0n : BigInt(time), at)];
  }
  if (value instanceof Double) return [0x01, scratch.writeDoubleLE(value.value, at)];
  if (value instanceof Decimal128) {
    scratch.set(value.bytes, at);
    return [0x13, at + 16];
  }
  if (value instanceof Timestamp) {
    scratch.writeInt32LE(value.low, at);
    return [0x11, scratch.writeInt32LE(value.high, at + 4)];
  }
  if (value instanceof Binary) return [0x05, writeBinary(value, at)];
  if (value instanceof BSONRegExp)
    return [0x0b, writeCstring(value.options, writeCstring(value.pattern, at))];
  if (value instanceof BSONSymbol) return [0x0e, writeString(value.value, at)];
  if (value instanceof MinKey) return [0xff, at];
  if (value instanceof MaxKey) return [0x7f, at];
  if (value instanceof Code) return writeCode(value, at, depth);
  throw new MongoError('InternalError', `a value of no BSON type: ${String(value)}`);
}

function writeBinary(value: Binary, at: number): number {
  const old = value.sub_type === Binary.SUBTYPE_BYTE_ARRAY;
  const { position: length } = value;
  const start = at + (old ? 9 : 5);
  room(start + length);
  scratch.writeInt32LE(old ? length + 4 : length, at);
  scratch[at + 4] = value.sub_type;
  if (old) scratch.writeInt32LE(length, at + 5);
  scratch.set(value.buffer.subarray(0, length), start);
  return start + length;
}

function writeCode(value: Code, at: number, depth: number): [number, number] {
  if (!value.scope) return [0x0d, writeString(value.code, at)];
  const end = writeDoc(value.scope as Doc, writeString(value.code, at + 4), depth + 1);
  scratch.writeInt32LE(end - at, at);
  return [0x0f, end];
}
