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

/** What is being written, and where. */
let scratch = Buffer.allocUnsafeSlow(64 * 1024);
let at = 0;

/** Encodes a document as BSON; the bytes belong to the caller. */
export function encodeDoc(doc: Doc): Buffer {
  return encoded(doc, 0, Buffer.allocUnsafeSlow);
}

/** Encodes a document after `head` free bytes, which the caller fills (a message header). */
export function encodeAfter(doc: Doc, head: number): Buffer {
  return encoded(doc, head, Buffer.allocUnsafe);
}

function encoded(doc: Doc, head: number, allocate: (size: number) => Buffer): Buffer {
  at = head;
  writeDoc(doc, 0);
  const bytes = allocate(at);
  scratch.copy(bytes, 0, 0, at);
  if (scratch.length > 4 * 1024 * 1024) scratch = Buffer.allocUnsafeSlow(64 * 1024);
  return bytes;
}

function room(count: number): void {
  const end = at + count;
  if (end <= scratch.length) return;
  if (end > MAX_BYTES) throw new MongoError('BSONObjectTooLarge', `BSONObj size: ${end} is invalid`);
  const larger = Buffer.allocUnsafeSlow(Math.max(end, scratch.length * 2));
  scratch.copy(larger, 0, 0, at);
  scratch = larger;
}

function begin(depth: number): number {
  if (depth > MAX_DEPTH)
    throw new MongoError('Overflow', `BSONObj exceeded maximum nested object depth: ${MAX_DEPTH}`);
  room(5);
  const start = at;
  at += 4;
  return start;
}

function finish(start: number): void {
  room(1);
  scratch[at++] = 0;
  scratch.writeInt32LE(at - start, start);
}

function writeDoc(doc: Doc, depth: number): void {
  const start = begin(depth);
  for (const key of keysOf(doc)) {
    const value = doc[key];
    if (value !== undefined) writeElement(key, value, depth);
  }
  finish(start);
}

function writeArray(items: readonly Value[], depth: number): void {
  const start = begin(depth);
  for (let i = 0; i < items.length; i++) writeElement(String(i), items[i] ?? null, depth);
  finish(start);
}

function writeText(value: string): void {
  const { length } = value;
  room(length * 3 + 1);
  if (length <= 32) {
    let i = 0;
    for (; i < length; i++) {
      const unit = value.charCodeAt(i);
      if (unit > 127) break;
      scratch[at + i] = unit;
    }
    if (i === length) {
      at += length;
      return;
    }
  }
  at += scratch.write(value, at, 'utf8');
}

function writeCstring(value: string): void {
  writeText(value);
  scratch[at++] = 0;
}

function writeString(value: string): void {
  room(5);
  const start = at;
  at += 4;
  writeCstring(value);
  scratch.writeInt32LE(at - start - 4, start);
}

function writeElement(key: string, value: Value, depth: number): void {
  room(1);
  const start = at++;
  writeCstring(key);
  room(17);
  // Not in one expression: writing the value may put a larger buffer in the place of `scratch`.
  const type = writeValue(value, depth);
  scratch[start] = type;
}

/** Writes a value and says its type. */
function writeValue(value: Value, depth: number): number {
  switch (typeof value) {
    case 'string':
      writeString(value);
      return 0x02;
    case 'number':
      if ((value | 0) === value && !Object.is(value, -0)) {
        at = scratch.writeInt32LE(value, at);
        return 0x10;
      }
      at = scratch.writeDoubleLE(value, at);
      return 0x01;
    case 'boolean':
      scratch[at++] = value ? 1 : 0;
      return 0x08;
    case 'bigint':
      at = scratch.writeBigInt64LE(BigInt.asIntN(64, value), at);
      return 0x12;
    default:
      return value === null ? 0x0a : writeObject(value, depth);
  }
}

function writeObject(
  value: Exclude<Value, null | string | number | boolean | bigint>,
  depth: number,
): number {
  if (value instanceof Doc) {
    writeDoc(value, depth + 1);
    return 0x03;
  }
  if (Array.isArray(value)) {
    writeArray(value, depth + 1);
    return 0x04;
  }
  if (value instanceof RawBson) {
    room(value.bytes.length);
    at += value.bytes.copy(scratch, at);
    return 0x03;
  }
  if (value instanceof ObjectId) {
    scratch.set(value.id, at);
    at += 12;
    return 0x07;
  }
  if (value instanceof Date) {
    const time = value.getTime() || 0;
    scratch.writeUInt32LE(time - Math.floor(time / 4294967296) * 4294967296, at);
    at = scratch.writeInt32LE(Math.floor(time / 4294967296), at + 4);
    return 0x09;
  }
  if (value instanceof Double) {
    at = scratch.writeDoubleLE(value.value, at);
    return 0x01;
  }
  if (value instanceof Decimal128) {
    scratch.set(value.bytes, at);
    at += 16;
    return 0x13;
  }
  return writeRare(value, depth);
}

function writeRare(value: object, depth: number): number {
  if (value instanceof Timestamp) {
    scratch.writeInt32LE(value.low, at);
    at = scratch.writeInt32LE(value.high, at + 4);
    return 0x11;
  }
  if (value instanceof Binary) {
    writeBinary(value);
    return 0x05;
  }
  if (value instanceof BSONRegExp) {
    writeCstring(value.pattern);
    writeCstring(value.options);
    return 0x0b;
  }
  if (value instanceof BSONSymbol) {
    writeString(value.value);
    return 0x0e;
  }
  if (value instanceof MinKey) return 0xff;
  if (value instanceof MaxKey) return 0x7f;
  if (value instanceof Code) return writeCode(value, depth);
  throw new MongoError('InternalError', `a value of no BSON type: ${String(value)}`);
}

function writeBinary(value: Binary): void {
  const old = value.sub_type === Binary.SUBTYPE_BYTE_ARRAY;
  const { position: length } = value;
  room(9 + length);
  at = scratch.writeInt32LE(old ? length + 4 : length, at);
  scratch[at++] = value.sub_type;
  if (old) at = scratch.writeInt32LE(length, at);
  scratch.set(value.buffer.subarray(0, length), at);
  at += length;
}

function writeCode(value: Code, depth: number): number {
  if (!value.scope) {
    writeString(value.code);
    return 0x0d;
  }
  const start = at;
  at += 4;
  writeString(value.code);
  writeDoc(value.scope as Doc, depth + 1);
  scratch.writeInt32LE(at - start, start);
  return 0x0f;
}
