import { letVariables } from '../aggregate/expression.js';
import { Doc, isDoc, keysOf, type Maybe } from '../bson/value.js';
import { MongoError } from '../errors.js';
import { isNumeric, toNumber } from '../numeric/number.js';
import { textOrder } from '../order/collation.js';
import { type CompareText, compareUtf8 } from '../order/compare.js';
import { hintedIndex, type Plan, type PlanRequest, planFor } from '../planner/plan.js';
import { compileFilter, filterOf, type Matcher } from '../query/compile-filter.js';
import { readSort, type SortField } from '../query/sort.js';
import type { Collection } from '../storage/collection.js';

/** A filter with all that belongs to its meaning. */
export interface Selection {
  readonly matcher: Matcher;
  readonly text: CompareText;
  readonly collation: Doc | undefined;
  readonly variables: ReadonlyMap<string, Maybe>;
  readonly sort: readonly SortField[];
  readonly hint: Maybe;
  readonly now: Date;
}

/** Reads filter, collation, let, sort and hint. */
export function selectionOf(
  source: { filter: Maybe; filterName: string; collation: Maybe; let: Maybe; sort: Maybe; hint: Maybe },
  options: { now: Date; collection: Collection | undefined },
): Selection {
  const collation = collationOf(source.collation, options.collection);
  const text = textOrder(collation) ?? compareUtf8;
  const variables = letVariables(source.let);
  const filter = filterOf(source.filter, source.filterName) ?? new Doc();
  const matcher = compileFilter(filter, {
    text,
    variables,
    now: options.now,
    collection: options.collection ?? 'missing',
    nearAllowed: true,
  });
  const { rank } = matcher;
  const given = isDoc(source.sort) ? readSort(source.sort, rank) : [];
  const sort = given.length === 0 && rank.distance ? [byDistance(rank.distance)] : given;
  return { matcher, text, collation, variables, sort, hint: source.hint, now: options.now };
}

/** The order of `$near`, where no other is asked for. */
function byDistance(distance: (doc: Doc) => number | undefined): SortField {
  return { path: '$near', parts: [], direction: 1, value: distance };
}

/** The collation of a command, else the collection's. */
export function collationOf(given: Maybe, collection: Collection | undefined): Doc | undefined {
  const own = given ?? collection?.options['collation'];
  if (!isDoc(own) || keysOf(own).length === 0) return undefined;
  if (!textOrder(own)) return undefined;
  return own;
}

/** How to read the collection for a selection. @throws MongoError BadValue (2) for a hint that names no index. */
export function planOf(selection: Selection, collection: Collection): Plan {
  return planFor({ ...selection, collection, hint: hintOf(selection.hint, collection) });
}

function hintOf(hint: Maybe, collection: Collection): PlanRequest['hint'] {
  if (hint === undefined || hint === null) return undefined;
  if (typeof hint !== 'string' && !isDoc(hint))
    throw new MongoError('FailedToParse', 'Hint must be a string or an object');
  if (isDoc(hint)) {
    const natural = hint['$natural'];
    if (isNumeric(natural)) return toNumber(natural) < 0 ? 'reverse' : 'natural';
    if (keysOf(hint).length === 0) return undefined;
  }
  return hintedIndex(collection, hint, keyText);
}

/** A key pattern as text, in which 1 and 1.0 are the same. */
export function keyText(key: Doc): string {
  return keysOf(key)
    .map((path) => {
      const value = key[path];
      return `${path}:${isNumeric(value) ? toNumber(value) : String(value)}`;
    })
    .join();
}
