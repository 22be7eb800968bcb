import { Binary, BSONRegExp, BSONSymbol, Code, ObjectId, Timestamp } from 'bson';
import { type Doc, isDoc, keysOf, type Maybe, type Value } from '../bson/value.js';
import { compareNumeric, isNumeric } from '../numeric/number.js';
import { rankOf } from './type-order.js';

/** Compares two strings; the default is by their UTF-8 bytes. */
export type CompareText = (a: string, b: string) => number;

/** Orders strings by their UTF-8 bytes, which differs from JavaScript's order above the basic plane. */
export function compareUtf8(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x === y) continue;
    const surrogateX = x >= 0xd800 && x <= 0xdfff;
    const surrogateY = y >= 0xd800 && y <= 0xdfff;
    if (surrogateX !== surrogateY) return surrogateX ? 1 : -1;
    return x < y ? -1 : 1;
  }
  return a.length < b.length ? -1 : a.length > b.length ? 1 : 0;
}

/** BSON comparison order over all types; `undefined` (missing) sorts before null. */
export function compareValues(a: Maybe, b: Maybe, text: CompareText = compareUtf8): number {
  if (typeof a === 'number' && typeof b === 'number' && !Number.isNaN(a) && !Number.isNaN(b))
    return a < b ? -1 : a > b ? 1 : 0;
  if (typeof a === 'string' && typeof b === 'string') return text(a, b);
  const rankA = rankOf(a);
  const rankB = rankOf(b);
  if (rankA !== rankB) return rankA < rankB ? -1 : 1;
  if (isNumeric(a) && isNumeric(b)) return compareNumeric(a, b);
  if (a instanceof ObjectId && b instanceof ObjectId) return Buffer.compare(a.id, b.id);
  if (a instanceof Date && b instanceof Date) return Math.sign(a.getTime() - b.getTime());
  if (typeof a === 'boolean' && typeof b === 'boolean') return Number(a) - Number(b);
  if (isDoc(a) && isDoc(b)) return compareDocs(a, b, text);
  if (Array.isArray(a) && Array.isArray(b)) return compareArrays(a, b, text);
  return compareRare(a, b, text);
}

export function equalValues(a: Maybe, b: Maybe, text: CompareText = compareUtf8): boolean {
  return compareValues(a, b, text) === 0;
}

function compareDocs(a: Doc, b: Doc, text: CompareText): number {
  const keysA = keysOf(a);
  const keysB = keysOf(b);
  for (let i = 0; ; i++) {
    const keyA = keysA[i];
    const keyB = keysB[i];
    if (keyA === undefined) return keyB === undefined ? 0 : -1;
    if (keyB === undefined) return 1;
    const ranks = rankOf(a[keyA]) - rankOf(b[keyB]);
    if (ranks !== 0) return Math.sign(ranks);
    const names = compareUtf8(keyA, keyB);
    if (names !== 0) return names;
    const values = compareValues(a[keyA], b[keyB], text);
    if (values !== 0) return values;
  }
}

function compareArrays(a: readonly Value[], b: readonly Value[], text: CompareText): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const order = compareValues(a[i], b[i], text);
    if (order !== 0) return order;
  }
  return Math.sign(a.length - b.length);
}

function compareRare(a: Maybe, b: Maybe, text: CompareText): number {
  if (a instanceof Timestamp && b instanceof Timestamp) return a.compare(b);
  if (a instanceof Binary && b instanceof Binary) {
    return (
      Math.sign(a.position - b.position) ||
      Math.sign(a.sub_type - b.sub_type) ||
      Buffer.compare(a.buffer.subarray(0, a.position), b.buffer.subarray(0, b.position))
    );
  }
  if (a instanceof BSONRegExp && b instanceof BSONRegExp) {
    return compareUtf8(a.pattern, b.pattern) || compareUtf8(a.options, b.options);
  }
  if (a instanceof Code && b instanceof Code) return compareUtf8(a.code, b.code);
  const left = plainText(a);
  const right = plainText(b);
  return left === undefined || right === undefined ? 0 : text(left, right);
}

function plainText(value: Maybe): string | undefined {
  return typeof value === 'string' ? value : value instanceof BSONSymbol ? value.value : undefined;
}
