import {
  Binary,
  BSONRegExp,
  BSONSymbol,
  Code,
  Decimal128,
  Double,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
} from 'bson';
import { MongoError } from '../errors.js';
import { Doc, defineOrder, isIndexKey, type Value } from './value.js';

/** MongoDB refuses documents nested more deeply than this. */
const MAX_DEPTH = 180;
const MIN_INT32 = -0x80000000;
const MAX_INT32 = 0x7fffffff;

/**
 * Decodes one BSON document. Every length is checked against the bytes that are there.
 * @throws MongoError InvalidBSON (22) for bytes that are no document, Overflow (15) for too deep a nesting.
 */
export function decodeDoc(bytes: Buffer, offset = 0): Doc {
  return new Reader(bytes).document(offset, 0);
}

/** Decodes only the wanted fields of a document that is known to be well-formed (a stored one). */
export function decodeFields(bytes: Buffer, wanted: ReadonlySet<string>): Doc {
  return new Reader(bytes).fields(wanted);
}

/** Names each top-level element of a document that is known to be well-formed, and where it begins and ends. */
export function eachElement(bytes: Buffer, visit: (key: string, start: number, end: number) => void): void {
  new Reader(bytes).elements(visit);
}

/** The document length written at `offset`, checked against the bytes that follow. */
export function docLength(bytes: Buffer, offset: number): number {
  if (offset + 5 > bytes.length) throw invalid('the document is cut off');
  const length = bytes.readInt32LE(offset);
  if (length < 5 || offset + length > bytes.length)
    throw invalid(`the document says it is ${length} bytes long`);
  if (bytes[offset + length - 1] !== 0) throw invalid('the document does not end with a zero byte');
  return length;
}

function invalid(detail: string): MongoError {
  return new MongoError('InvalidBSON', `Invalid BSON: ${detail}`);
}

/** A double that must not be mistaken for an int32 is wrapped. */
function fromDouble(number: number): number | Double {
  return Number.isInteger(number) && number >= MIN_INT32 && number <= MAX_INT32 && !Object.is(number, -0)
    ? new Double(number)
    : number;
}

interface KnownKey {
  readonly text: string;
  readonly bytes: Uint8Array;
  /** Whether JavaScript moves the key before the others. */
  readonly moves: boolean;
}

const KNOWN_KEYS = 4096;
const MAX_KNOWN_KEY = 64;
const knownKeys: (KnownKey | undefined)[] = new Array(KNOWN_KEYS).fill(undefined);

function isAt(name: Uint8Array, bytes: Buffer, start: number): boolean {
  for (let i = 0; i < name.length; i++) if (name[i] !== bytes[start + i]) return false;
  return true;
}

class Reader {
  private at = 0;
  private end = 0;

  constructor(private readonly bytes: Buffer) {}

  document(offset: number, depth: number): Doc {
    const end = this.enter(offset, depth);
    const { bytes } = this;
    const doc = new Doc();
    // Filled from the first key on that JavaScript would move to the front.
    let order: string[] | undefined;
    while (true) {
      const type = bytes[this.at++];
      if (type === 0) break;
      if (type === undefined || this.at >= end) throw invalid('an element is cut off');
      const { text: key, moves } = this.key();
      const value = this.value(type, depth);
      if (moves) order ??= Object.keys(doc);
      if (order && doc[key] === undefined) order.push(key);
      doc[key] = value;
    }
    if (this.at !== end) throw invalid('the elements do not fill the document');
    if (order && Object.keys(doc).some((key, i) => key !== order[i])) defineOrder(doc, order);
    return doc;
  }

  fields(wanted: ReadonlySet<string>): Doc {
    this.enter(0, 0);
    const doc = new Doc();
    for (let left = wanted.size; left > 0; ) {
      const type = this.bytes[this.at++];
      if (type === 0 || type === undefined) break;
      const { text: key } = this.key();
      if (wanted.has(key)) {
        doc[key] = this.value(type, 0);
        left--;
      } else this.skip(type);
    }
    return doc;
  }

  elements(visit: (key: string, start: number, end: number) => void): void {
    this.enter(0, 0);
    for (;;) {
      const start = this.at;
      const type = this.bytes[this.at++];
      if (type === 0 || type === undefined) return;
      const { text: key } = this.key();
      this.skip(type);
      visit(key, start, this.at);
    }
  }

  private skip(type: number): void {
    const { bytes, at } = this;
    switch (type) {
      case 0x02:
      case 0x0d:
      case 0x0e:
        this.at = at + 4 + bytes.readInt32LE(at);
        return;
      case 0x03:
      case 0x04:
      case 0x0f:
        this.at = at + bytes.readInt32LE(at);
        return;
      case 0x05:
        this.at = at + 5 + bytes.readInt32LE(at);
        return;
      case 0x07:
        this.at = at + 12;
        return;
      case 0x08:
        this.at = at + 1;
        return;
      case 0x10:
        this.at = at + 4;
        return;
      case 0x01:
      case 0x09:
      case 0x11:
      case 0x12:
        this.at = at + 8;
        return;
      case 0x13:
        this.at = at + 16;
        return;
      default:
        this.value(type, 0);
    }
  }

  private array(offset: number, depth: number): Value[] {
    const end = this.enter(offset, depth);
    const items: Value[] = [];
    while (true) {
      const type = this.bytes[this.at++];
      if (type === 0) break;
      if (type === undefined || this.at >= end) throw invalid('an element is cut off');
      this.skipCstring();
      items.push(this.value(type, depth));
    }
    if (this.at !== end) throw invalid('the elements do not fill the array');
    return items;
  }

  private enter(offset: number, depth: number): number {
    if (depth > MAX_DEPTH)
      throw new MongoError('Overflow', `BSONObj exceeded maximum nested object depth: ${MAX_DEPTH}`);
    const length = docLength(this.bytes, offset);
    const end = offset + length;
    if (depth > 0 && end > this.end) throw invalid('an embedded document reaches beyond its parent');
    if (depth === 0) this.end = end;
    this.at = offset + 4;
    return end;
  }

  private value(type: number, depth: number): Value {
    const { bytes } = this;
    const at = this.at;
    switch (type) {
      case 0x01: {
        this.need(8);
        return fromDouble(bytes.readDoubleLE(at));
      }
      case 0x02:
        return this.string();
      case 0x03:
        return this.document(at, depth + 1);
      case 0x04:
        return this.array(at, depth + 1);
      case 0x05:
        return this.binary();
      case 0x06:
      case 0x0a:
        return null;
      case 0x07: {
        this.need(12);
        return new ObjectId(Uint8Array.prototype.slice.call(bytes, at, at + 12));
      }
      case 0x08: {
        this.need(1);
        return bytes[at] === 1;
      }
      case 0x09: {
        this.need(8);
        return new Date(bytes.readInt32LE(at + 4) * 4294967296 + bytes.readUInt32LE(at));
      }
      case 0x0b: {
        const pattern = this.cstring();
        return new BSONRegExp(pattern, this.cstring());
      }
      case 0x0c: {
        const name = this.string();
        this.need(12);
        const id = new ObjectId(Uint8Array.prototype.slice.call(bytes, this.at - 12, this.at));
        const ref = new Doc();
        ref['$ref'] = name;
        ref['$id'] = id;
        return ref;
      }
      case 0x0d:
        return new Code(this.string());
      case 0x0e:
        return new BSONSymbol(this.string());
      case 0x0f: {
        this.need(4);
        const code = this.string();
        return new Code(code, this.document(this.at, depth + 1));
      }
      case 0x10: {
        this.need(4);
        return bytes.readInt32LE(at);
      }
      case 0x11: {
        this.need(8);
        return new Timestamp(new Long(bytes.readInt32LE(at), bytes.readInt32LE(at + 4), true));
      }
      case 0x12: {
        this.need(8);
        return bytes.readBigInt64LE(at);
      }
      case 0x13: {
        this.need(16);
        return new Decimal128(Uint8Array.prototype.slice.call(bytes, at, at + 16));
      }
      case 0x7f:
        return new MaxKey();
      case 0xff:
        return new MinKey();
      default:
        throw invalid(`unknown element type 0x${type.toString(16)}`);
    }
  }

  private need(count: number): void {
    this.at += count;
    if (this.at >= this.end) throw invalid('a value is cut off');
  }

  private string(): string {
    const { bytes, at } = this;
    this.need(4);
    const length = bytes.readInt32LE(at);
    if (length < 1 || at + 4 + length >= this.end) throw invalid(`a string says it is ${length} bytes long`);
    this.at = at + 4 + length;
    if (bytes[this.at - 1] !== 0) throw invalid('a string does not end with a zero byte');
    return text(bytes, at + 4, this.at - 1);
  }

  private cstring(): string {
    const start = this.at;
    this.skipCstring();
    return text(this.bytes, start, this.at - 1);
  }

  /** A name, taken from those seen before: the same few names come again in every document. */
  private key(): KnownKey {
    const { bytes, end, at: start } = this;
    let at = start;
    let hash = 0;
    for (let byte = bytes[at]; at < end && byte !== 0; byte = bytes[++at])
      hash = (Math.imul(hash, 31) + (byte as number)) | 0;
    if (at >= end) throw invalid('a name does not end');
    this.at = at + 1;
    const slot = hash & (KNOWN_KEYS - 1);
    const known = knownKeys[slot];
    if (known && isAt(known.bytes, bytes, start) && known.bytes.length === at - start) return known;
    const name = text(bytes, start, at);
    const entry = {
      text: name,
      bytes: Uint8Array.prototype.slice.call(bytes, start, at),
      moves: isIndexKey(name),
    };
    if (at - start <= MAX_KNOWN_KEY) knownKeys[slot] = entry;
    return entry;
  }

  private skipCstring(): void {
    const { bytes, end } = this;
    let at = this.at;
    while (at < end && bytes[at] !== 0) at++;
    if (at >= end) throw invalid('a name does not end');
    this.at = at + 1;
  }

  private binary(): Binary {
    const { bytes, at } = this;
    this.need(5);
    let length = bytes.readInt32LE(at);
    const subType = bytes[at + 4] ?? 0;
    let start = at + 5;
    if (length < 0 || start + length >= this.end)
      throw invalid(`binary data says it is ${length} bytes long`);
    this.at = start + length;
    if (subType === Binary.SUBTYPE_BYTE_ARRAY) {
      if (length < 4) throw invalid('old binary data is cut off');
      start += 4;
      length -= 4;
    }
    return new Binary(Uint8Array.prototype.slice.call(bytes, start, start + length), subType);
  }
}

/** Short ASCII text is faster byte by byte than through the decoder. */
function text(bytes: Buffer, start: number, end: number): string {
  if (end - start <= 24) {
    let out = '';
    for (let i = start; i < end; i++) {
      const byte = bytes[i];
      if (byte === undefined || byte > 127) return bytes.toString('utf8', start, end);
      out += String.fromCharCode(byte);
    }
    return out;
  }
  return bytes.toString('utf8', start, end);
}
