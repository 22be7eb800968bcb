import { type Doc, isDoc, keysOf, type Maybe, type Value } from '../bson/value.js';
import { MongoError } from '../errors.js';
import { isNumeric, toNumber } from '../numeric/number.js';
import { type CompareText, compareUtf8, compareValues } from '../order/compare.js';
import type { Rank } from './node.js';
import { splitPath, visitPath } from './path.js';

export interface SortField {
  readonly path: string;
  readonly parts: readonly string[];
  readonly direction: 1 | -1;
  /** What is sorted by where that is no field of the document. */
  readonly value?: (doc: Doc) => Maybe;
}

/** Reads a sort document. @throws MongoError BadValue (2) or 15975 for an order that is neither 1 nor -1. */
export function readSort(sort: Doc, rank: Rank = {}): SortField[] {
  return keysOf(sort).map((path) => {
    const value = sort[path];
    if (path === '') throw new MongoError(15998, 'FieldPath cannot be constructed with empty string');
    if (isDoc(value)) {
      if (value['$meta'] === 'textScore' && rank.score)
        return { path: `$meta ${path}`, parts: [], direction: -1, value: rank.score };
      if (value['$meta'] === 'textScore')
        throw new MongoError(40218, 'query requires text score metadata, but it is not available');
      throw new MongoError(17312, '$meta is the only expression supported by $sort right now');
    }
    if (!isNumeric(value))
      throw new MongoError(15974, `Illegal key in $sort specification: ${path}: ${String(value)}`);
    const number = toNumber(value);
    if (number !== 1 && number !== -1)
      throw new MongoError(15975, '$sort key ordering must be 1 (for ascending) or -1 (for descending)');
    return { path, parts: splitPath(path), direction: number === 1 ? 1 : -1 };
  });
}

/** What a document sorts by: of an array the smallest element (largest when descending), null where it is missing. */
export function sortKey(doc: Doc, field: SortField, text: CompareText = compareUtf8): Maybe {
  if (field.value) return field.value(doc);
  let best: Maybe;
  let found = false;
  const take = (value: Maybe): void => {
    if (!found || compareValues(value, best, text) * field.direction < 0) best = value;
    found = true;
  };
  visitPath(doc, field.parts, (value) => {
    if (!Array.isArray(value)) take(value === undefined ? null : value);
    else if (value.length === 0) take(undefined);
    else for (const item of value as Value[]) take(item);
    return false;
  });
  return found ? best : null;
}

export function sortComparator(sort: Doc, text: CompareText = compareUtf8): (a: Doc, b: Doc) => number {
  const fields = readSort(sort);
  return (a, b) => {
    for (const field of fields) {
      const order = compareValues(sortKey(a, field, text), sortKey(b, field, text), text);
      if (order !== 0) return order * field.direction;
    }
    return 0;
  };
}
