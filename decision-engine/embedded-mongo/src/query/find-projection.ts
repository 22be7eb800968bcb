import { project, readProjection } from '../aggregate/projection.js';
import { copyDoc, type Doc, docOf, isDoc, keysOf, type Maybe, setKey, type Value } from '../bson/value.js';
import { MongoError } from '../errors.js';
import { double, isNumeric, toInteger } from '../numeric/number.js';
import { compareUtf8 } from '../order/compare.js';
import { matchedPosition } from '../update/matched-position.js';
import { filterContext, type Matcher } from './compile-filter.js';
import { fieldNodes } from './field-conditions.js';
import { splitPath } from './path.js';

/** What a projection of `find` is compiled with. */
export interface ProjectionContext {
  readonly matcher: Matcher;
  readonly variables: ReadonlyMap<string, Maybe>;
  readonly now: Date;
}

/**
 * The top-level fields a projection reads, where it does no more than let fields in; undefined where it may read any. A large
 * document is then decoded no further.
 */
export function fieldsLetIn(source: Doc | undefined): ReadonlySet<string> | undefined {
  if (!source) return undefined;
  const fields = new Set(['_id']);
  for (const key of keysOf(source)) {
    const letIn = source[key] === 1 || source[key] === true;
    const leftOut = source[key] === 0 || source[key] === false;
    if (key.includes('$') || !(letIn || (leftOut && key === '_id'))) return undefined;
    if (letIn) fields.add(splitPath(key)[0] ?? '');
  }
  // Only `_id`, and that left out: all others are let in.
  const { _id: id } = source;
  return fields.size === 1 && id !== 1 && id !== true ? undefined : fields;
}

type Change = (value: Value, doc: Doc) => Maybe;

/**
 * Compiles the projection of `find` and `findAndModify`: fields in or out, expressions, and the array operators
 * `$slice`, `$elemMatch` and the positional `$`. Undefined where there is nothing to project.
 */
export function compileFindProjection(
  source: Doc | undefined,
  context: ProjectionContext,
): ((doc: Doc) => Doc) | undefined {
  if (!source || keysOf(source).length === 0) return undefined;
  const plain: [string, Value][] = [];
  const arrays: { path: string; change: Change }[] = [];
  const scores: [string, (doc: Doc) => number][] = [];
  let slices = 0;
  for (const key of keysOf(source)) {
    const value = source[key] ?? null;
    if (key.endsWith('.$')) {
      const path = key.slice(0, -2);
      plain.push([path, 1]);
      arrays.push({ path, change: positional(context.matcher, path) });
    } else if (isDoc(value) && value['$elemMatch'] !== undefined) {
      plain.push([key, 1]);
      arrays.push({ path: key, change: elemMatch(value['$elemMatch']) });
    } else if (isDoc(value) && value['$slice'] !== undefined && isSlice(value['$slice'])) {
      slices++;
      arrays.push({ path: key, change: slice(value['$slice']) });
    } else if (isDoc(value) && value['$meta'] === 'textScore' && context.matcher.rank.score) {
      scores.push([key, context.matcher.rank.score]);
    } else if (isDoc(value) && value['$meta'] !== undefined) {
      throw new MongoError(40218, 'query requires text score metadata, but it is not available');
    } else plain.push([key, value]);
  }
  const inclusive = plain.some(
    ([key, value]) =>
      key !== '_id' && (isDoc(value) || typeof value === 'string' || (value !== 0 && value !== false)),
  );
  if (slices > 0 && inclusive)
    for (const { path } of arrays) if (!plain.some(([key]) => key === path)) plain.push([path, 1]);
  const projection = plain.length === 0 ? undefined : readProjection(docOf(plain));
  const { variables, now } = context;
  return (doc) => {
    const projected = projection
      ? project(projection, { root: doc, current: doc, variables, now, text: compareUtf8 })
      : doc;
    const changed = arrays.reduce(
      (result, { path, change }) => changeAt({ result, parts: splitPath(path) }, change, doc),
      projected,
    );
    if (scores.length === 0) return changed;
    const scored = copyDoc(changed);
    for (const [key, score] of scores) setKey(scored, key, double(score(doc)));
    return scored;
  };
}

function isSlice(value: Value): boolean {
  return isNumeric(value) || (Array.isArray(value) && value.every(isNumeric));
}

function changeAt(
  { result, parts }: { result: Doc; parts: readonly string[] },
  change: Change,
  doc: Doc,
): Doc {
  const [part = '', ...rest] = parts;
  const value = result[part];
  if (value === undefined) return result;
  const copy = copyDoc(result);
  const next =
    rest.length === 0
      ? change(value, doc)
      : isDoc(value)
        ? changeAt({ result: value, parts: rest }, change, doc)
        : value;
  if (next === undefined) delete copy[part];
  else setKey(copy, part, next);
  return copy;
}

function slice(operand: Value): Change {
  const [first, count] = (Array.isArray(operand) ? operand : [operand]).map((value) =>
    Number(toInteger(value) ?? 0n),
  );
  if (Array.isArray(operand) && (count === undefined || count <= 0)) {
    throw new MongoError(
      28729,
      `First argument to $slice must be an array, and the third must be positive: ${String(count)}`,
    );
  }
  return (value) => {
    if (!Array.isArray(value) || first === undefined) return value;
    if (count === undefined) return first >= 0 ? value.slice(0, first) : value.slice(first);
    const start = first >= 0 ? first : Math.max(0, value.length + first);
    return value.slice(start, start + count);
  };
}

function elemMatch(operand: Value): Change {
  if (!isDoc(operand))
    throw new MongoError('BadValue', 'elemMatch: Invalid argument, object required, but got another type');
  const [node] = fieldNodes({ path: 'x', parts: ['x'] }, docOf([['$elemMatch', operand]]), filterContext({}));
  return (value) => {
    if (!Array.isArray(value) || node?.kind !== 'field') return undefined;
    const found = value.find((item) => node.test([item]));
    return found === undefined ? undefined : [found];
  };
}

function positional(matcher: Matcher, path: string): Change {
  return (value, doc) => {
    if (!Array.isArray(value)) return value;
    const at = matchedPosition(matcher.node, doc);
    const item = at === undefined ? undefined : value[at];
    if (item === undefined)
      throw new MongoError(
        51246,
        `Executor error during find command :: caused by :: positional operator '.$' couldn't find a matching element in the array: ${path}`,
      );
    return [item];
  };
}
