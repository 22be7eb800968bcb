import { copyDoc, Doc, deleteKey, isDoc, type Maybe, setKey, type Value } from '../../bson/value.js';
import { MongoError } from '../../errors.js';
import { splitPath, valueAt } from '../../query/path.js';
import { PAUSE } from '../flow.js';
import type { StageCompiler } from './compiler.js';

export const unwindStage: StageCompiler = (operand) => {
  const source = isDoc(operand) ? operand['path'] : operand;
  if (source === undefined) throw new MongoError(28812, 'no path specified to $unwind stage');
  if (typeof source !== 'string')
    throw new MongoError(28808, `expected a string as the path for $unwind stage, got ${typeof source}`);
  if (!source.startsWith('$'))
    throw new MongoError(28818, `path option to $unwind stage should be prefixed with a '$': ${source}`);
  const parts = splitPath(source.slice(1));
  const preserve = isDoc(operand) && operand['preserveNullAndEmptyArrays'] === true;
  const index =
    isDoc(operand) && typeof operand['includeArrayIndex'] === 'string'
      ? operand['includeArrayIndex']
      : undefined;
  const out = (doc: Doc, value: Maybe, at: Value): Doc => {
    const result = value === undefined ? without(doc, parts) : replaceAt(doc, parts, value);
    return index === undefined ? result : replaceAt(result, splitPath(index), at);
  };
  return function* (input) {
    for (const item of input) {
      if (item === PAUSE) {
        yield PAUSE;
        continue;
      }
      const value = valueAt(item, parts);
      if (Array.isArray(value)) {
        if (value.length === 0 && preserve) yield out(item, undefined, null);
        for (const [i, element] of value.entries()) yield out(item, element, BigInt(i));
      } else if (value === undefined || value === null) {
        if (preserve) yield index === undefined ? item : replaceAt(item, splitPath(index), null);
      } else yield out(item, value, null);
    }
  };
};

/** A copy with the value at a path set; only the documents on the way are copied. */
export function replaceAt(doc: Doc, parts: readonly string[], value: Value): Doc {
  const [part = '', ...rest] = parts;
  const copy = copyDoc(doc);
  const inner = copy[part];
  setKey(copy, part, rest.length === 0 ? value : replaceAt(isDoc(inner) ? inner : new Doc(), rest, value));
  return copy;
}

function without(doc: Doc, parts: readonly string[]): Doc {
  const [part = '', ...rest] = parts;
  const copy = copyDoc(doc);
  const inner = copy[part];
  if (rest.length === 0) deleteKey(copy, part);
  else if (isDoc(inner)) copy[part] = without(inner, rest);
  return copy;
}
