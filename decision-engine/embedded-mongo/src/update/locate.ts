import { show } from '../bson/show.js';
import { Doc, isDoc, type Maybe, setKey, type Value } from '../bson/value.js';
import { MongoError } from '../errors.js';
import { arrayPosition } from '../query/path.js';

/** MongoDB fills at most this many nulls before a new array element. */
const MAX_FILL = 1_500_000;

/** A place in a document that an operator reads and writes. */
export interface Place {
  readonly path: string;
  get(): Maybe;
  set(value: Value): void;
}

/** The container of a path's last part, without creating anything; undefined where it is missing. */
export function findParent(root: Doc, parts: readonly string[]): Doc | Value[] | undefined {
  let container: Maybe = root;
  for (const part of parts.slice(0, -1)) {
    const next: Maybe = child(container, part);
    if (next === undefined) return undefined;
    container = next;
  }
  return isDoc(container) || Array.isArray(container) ? container : undefined;
}

export function child(container: Maybe, part: string): Maybe {
  if (isDoc(container)) return container[part];
  if (!Array.isArray(container)) return undefined;
  const position = arrayPosition(part);
  return position === undefined ? undefined : container[position];
}

/**
 * The place of a path; setting it makes the documents that are missing on the way.
 * @throws MongoError PathNotViable (28) where the way leads through a value that is no document.
 */
export function placeOf(root: Doc, parts: readonly string[]): Place {
  return {
    path: parts.join('.'),
    get: () => {
      let value: Maybe = root;
      let name = '';
      for (const part of parts) {
        if (value !== undefined && !isDoc(value) && !Array.isArray(value)) throw notViable(part, name, value);
        if (Array.isArray(value) && arrayPosition(part) === undefined) throw notViable(part, name, value);
        value = child(value, part);
        name = part;
      }
      return value;
    },
    set: (value) => {
      write(root, parts, value);
    },
  };
}

function notViable(part: string, name: string, value: Value): MongoError {
  return new MongoError(
    'PathNotViable',
    `Cannot create field '${part}' in element {${name}: ${show(value)}}`,
  );
}

function write(root: Doc, parts: readonly string[], value: Value): void {
  let container: Value = root;
  let name = '';
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i] ?? '';
    const last = i === parts.length - 1;
    if (last) {
      put(container, part, { value, name });
      return;
    }
    let next: Maybe = child(container, part);
    if (next === undefined) {
      next = nested(parts.slice(i + 1), value);
      put(container, part, { value: next, name });
      return;
    }
    container = next;
    name = part;
  }
}

function nested(parts: readonly string[], value: Value): Value {
  return parts.reduceRight<Value>((inner, part) => {
    const doc = new Doc();
    setKey(doc, part, inner);
    return doc;
  }, value);
}

function put(container: Value, part: string, { value, name }: { value: Value; name: string }): void {
  if (isDoc(container)) {
    setKey(container, part, value);
    return;
  }
  const position = Array.isArray(container) ? arrayPosition(part) : undefined;
  if (!Array.isArray(container) || position === undefined) throw notViable(part, name, container);
  if (position - container.length > MAX_FILL) {
    throw new MongoError('BadValue', `can't backfill more than ${MAX_FILL} elements`);
  }
  while (container.length < position) container.push(null);
  container[position] = value;
}
