import type {
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

/** Key order of a document whose keys a JavaScript object would reorder (integer-like keys). */
const ORDER = Symbol('key order');

/**
 * A BSON document in memory: a plain object without inherited properties, so that keys such as `constructor` and
 * `__proto__` are ordinary. Read its keys with {@link keysOf}, change it with {@link setKey} and {@link deleteKey}.
 */
export class Doc {
  [key: string]: Value | undefined;
  declare [ORDER]?: string[] | undefined;
}
Object.setPrototypeOf(Doc.prototype, null);
Reflect.deleteProperty(Doc.prototype, 'constructor');

/** Bytes of a document that are passed on as they are stored. */
export class RawBson {
  constructor(readonly bytes: Buffer) {}
}

/**
 * A BSON value in memory, every type exact: int32 is a `number` that is a safe 32-bit integer, a double is any other
 * `number` or (when it is integral and would look like an int32) a `Double`, int64 is a `bigint`.
 */
export type Value =
  | null
  | boolean
  | number
  | string
  | bigint
  | Date
  | Doc
  | RawBson
  | Value[]
  | Double
  | ObjectId
  | Decimal128
  | Binary
  | Timestamp
  | BSONRegExp
  | BSONSymbol
  | Code
  | MinKey
  | MaxKey;

/** A value or its absence: `undefined` means that the field is missing. */
export type Maybe = Value | undefined;

export function isDoc(value: unknown): value is Doc {
  return value instanceof Doc;
}

/** Whether JavaScript moves this key before the others (canonical array index). */
export function isIndexKey(key: string): boolean {
  const first = key.charCodeAt(0);
  if (!(first >= 48 && first <= 57) || key.length > 10) return false;
  return String(Number(key) >>> 0) === key && key !== '4294967295';
}

/** The keys of a document in BSON order. */
export function keysOf(doc: Doc): string[] {
  return doc[ORDER] ?? Object.keys(doc);
}

export function setKey(doc: Doc, key: string, value: Value): void {
  if (doc[key] === undefined) {
    const order = doc[ORDER];
    if (order) order.push(key);
    else if (isIndexKey(key)) {
      const keys = Object.keys(doc);
      const last = keys[keys.length - 1];
      if (last !== undefined && !(isIndexKey(last) && Number(last) < Number(key))) {
        keys.push(key);
        defineOrder(doc, keys);
      }
    }
  }
  doc[key] = value;
}

export function deleteKey(doc: Doc, key: string): void {
  const order = doc[ORDER];
  if (order) {
    const at = order.indexOf(key);
    if (at >= 0) order.splice(at, 1);
  }
  delete doc[key];
}

export function copyDoc(doc: Doc): Doc {
  const copy = new Doc();
  for (const key of Object.keys(doc)) copy[key] = doc[key];
  const order = doc[ORDER];
  if (order) defineOrder(copy, [...order]);
  return copy;
}

/** A deep copy of documents and arrays; leaf values are immutable and shared. */
export function cloneValue<T extends Maybe>(value: T): T;
export function cloneValue(value: Maybe): Maybe {
  if (Array.isArray(value)) return value.map((item) => cloneValue(item));
  if (!isDoc(value)) return value;
  const copy = copyDoc(value);
  for (const key of Object.keys(copy)) copy[key] = cloneValue(copy[key]);
  return copy;
}

/** Builds a document from pairs, leaving out missing values. */
export function docOf(entries: Iterable<readonly [string, Maybe]>): Doc {
  const doc = new Doc();
  for (const [key, value] of entries) if (value !== undefined) setKey(doc, key, value);
  return doc;
}

export function defineOrder(doc: Doc, keys: string[]): void {
  Object.defineProperty(doc, ORDER, { value: keys, enumerable: false, writable: true, configurable: true });
}
