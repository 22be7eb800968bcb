import { show } from '../bson/show.js';
import { type Doc, docOf, isDoc, keysOf, type Maybe, type Value } from '../bson/value.js';
import { MongoError } from '../errors.js';
import type { CompareText } from '../order/compare.js';
import { compileFilter, type Matcher } from '../query/compile-filter.js';
import { child } from './locate.js';

/** The filters of `arrayFilters` by their identifier. */
export type ArrayFilters = ReadonlyMap<string, Matcher>;

/**
 * Reads `arrayFilters`.
 * @throws MongoError FailedToParse (9) for a filter that does not have exactly one identifier, or one used twice.
 */
export function readArrayFilters(source: Maybe, text: CompareText | undefined): ArrayFilters {
  const filters = new Map<string, Matcher>();
  if (source === undefined) return filters;
  if (!Array.isArray(source))
    throw new MongoError(
      'TypeMismatch',
      "BSON field 'arrayFilters' is the wrong type, expected type 'array'",
    );
  for (const filter of source) {
    if (!isDoc(filter)) throw new MongoError('TypeMismatch', "BSON field 'arrayFilters' must hold documents");
    const names = [...new Set(identifiers(filter))];
    const [name] = names;
    if (name === undefined) {
      throw new MongoError(
        'FailedToParse',
        'Cannot use an expression without a top-level field name in arrayFilters',
      );
    }
    if (names.length > 1) {
      throw new MongoError(
        'FailedToParse',
        `Error parsing array filter :: caused by :: Expected a single top-level field name, found '${name}' and '${names[1]}'`,
      );
    }
    if (!/^[a-z][a-zA-Z0-9]*$/.test(name)) {
      throw new MongoError(
        'BadValue',
        `Error parsing array filter :: caused by :: The top-level field name must be an alphanumeric string beginning with a lowercase letter, found '${name}'`,
      );
    }
    if (filters.has(name)) {
      throw new MongoError(
        'FailedToParse',
        `Found multiple array filters with the same top-level field name ${name}`,
      );
    }
    filters.set(name, compileFilter(filter, { text }));
  }
  return filters;
}

function identifiers(filter: Doc): string[] {
  return keysOf(filter).flatMap((key) => {
    const value = filter[key];
    if (!key.startsWith('$')) return [key.split('.')[0] ?? key];
    return Array.isArray(value) ? value.filter(isDoc).flatMap(identifiers) : [];
  });
}

/** What a path with `$`, `$[]` or `$[name]` is resolved with. */
export interface Positions {
  readonly filters: ArrayFilters;
  /** The element the query matched, for `$`. */
  readonly matched: number | undefined;
  readonly used: Set<string>;
}

/** The concrete paths that a path with positional parts stands for in a document. */
export function concretePaths(
  root: Doc,
  parts: readonly string[],
  positions: Positions,
): (readonly string[])[] {
  if (!parts.some((part) => part.startsWith('$'))) return [parts];
  return expand({ value: root, done: [], rest: parts }, positions);
}

interface Step {
  readonly value: Maybe;
  readonly done: readonly string[];
  readonly rest: readonly string[];
}

function expand({ value, done, rest }: Step, positions: Positions): (readonly string[])[] {
  const [part, ...after] = rest;
  if (part === undefined) return [done];
  const next = (name: string): (readonly string[])[] =>
    expand({ value: child(value, name), done: [...done, name], rest: after }, positions);
  if (part === '$') {
    if (positions.matched === undefined) {
      throw new MongoError(
        'BadValue',
        'The positional operator did not find the match needed from the query.',
      );
    }
    return next(String(positions.matched));
  }
  if (!part.startsWith('$[') || !part.endsWith(']')) return next(part);
  if (value === undefined) {
    throw new MongoError(
      'BadValue',
      `The path '${done.join('.')}' must exist in the document in order to apply array updates.`,
    );
  }
  if (!Array.isArray(value)) {
    throw new MongoError(
      'BadValue',
      `Cannot apply array updates to non-array element ${done.at(-1)}: ${show(value)}`,
    );
  }
  const name = part.slice(2, -1);
  const filter = filterNamed(name, [...done, ...rest].join('.'), positions);
  return value.flatMap((item: Value, i) =>
    filter && !filter.test(docOf([[name, item]])) ? [] : next(String(i)),
  );
}

function filterNamed(name: string, path: string, positions: Positions): Matcher | undefined {
  if (name === '') return undefined;
  const filter = positions.filters.get(name);
  if (!filter)
    throw new MongoError('BadValue', `No array filter found for identifier '${name}' in path '${path}'`);
  positions.used.add(name);
  return filter;
}
