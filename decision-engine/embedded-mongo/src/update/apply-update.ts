import { ObjectId } from 'bson';
import { compilePipelineUpdate } from '../aggregate/pipeline-update.js';
import { show } from '../bson/show.js';
import { cloneValue, Doc, deleteKey, isDoc, keysOf, type Maybe, setKey } from '../bson/value.js';
import { MongoError } from '../errors.js';
import { equalValues } from '../order/compare.js';
import { arrayPosition, splitPath } from '../query/path.js';
import { type ArrayFilters, concretePaths, type Positions } from './array-paths.js';
import { findParent, placeOf } from './locate.js';
import { type Applying, updateOperators } from './operators.js';
import type { Change, Update } from './parse-update.js';

/** What an update is applied with. */
export interface UpdateContext {
  readonly now: Date;
  readonly inserting: boolean;
  readonly filters: ArrayFilters;
  readonly variables: ReadonlyMap<string, Maybe>;
  /** The array element the query matched, for the positional `$`. */
  matched(doc: Doc): number | undefined;
}

/** A function from a document to the updated one; the given document is not changed. */
export function compileUpdate(update: Update, context: UpdateContext): (doc: Doc) => Doc {
  switch (update.kind) {
    case 'replace':
      return (doc) => replaced(doc, update.doc);
    case 'pipeline': {
      const run = compilePipelineUpdate(update.stages, context);
      return (doc) => keepId(doc, run(doc));
    }
    case 'change':
      return (doc) => changed(doc, update.changes, context);
  }
}

function replaced(doc: Doc, replacement: Doc): Doc {
  const id = doc['_id'];
  if (replacement['_id'] !== undefined && id !== undefined && !equalValues(id, replacement['_id'])) {
    throw new MongoError(
      'ImmutableField',
      `After applying the update, the (immutable) field '_id' was found to have been altered to _id: ${show(replacement['_id'])}`,
    );
  }
  return withIdFirst(replacement, id === undefined ? replacement['_id'] : id);
}

/** The document with its `_id`, made where it is missing (null is an `_id` too), as the first field. */
export function withOwnId(doc: Doc): Doc {
  return withIdFirst(doc, doc['_id'] === undefined ? new ObjectId() : doc['_id']);
}

/** The document with `_id` as its first field. */
export function withIdFirst(doc: Doc, id: Maybe): Doc {
  if (id === undefined) return doc;
  const keys = keysOf(doc);
  if (keys[0] === '_id' && doc['_id'] === id) return doc;
  const result = new Doc();
  setKey(result, '_id', id);
  for (const key of keys) if (key !== '_id') setKey(result, key, doc[key] ?? null);
  return result;
}

function keepId(before: Doc, after: Doc): Doc {
  const id = before['_id'];
  if (id === undefined) return after;
  if (after['_id'] !== undefined && !equalValues(id, after['_id'])) {
    throw new MongoError(
      'ImmutableField',
      `Performing an update on the path '_id' would modify the immutable field '_id'`,
    );
  }
  return withIdFirst(after, id);
}

function changed(doc: Doc, changes: readonly Change[], context: UpdateContext): Doc {
  const result: Doc = cloneValue(doc);
  const matched = changes.some(({ parts }) => parts.includes('$')) ? context.matched(doc) : undefined;
  const positions: Positions = { filters: context.filters, matched, used: new Set() };
  const applying: Applying = { doc, now: context.now, inserting: context.inserting };
  for (const change of changes) {
    for (const parts of concretePaths(result, change.parts, positions))
      applyChange({ ...change, parts }, result, applying);
  }
  const id = doc['_id'];
  if (id !== undefined && (result['_id'] === undefined || !equalValues(id, result['_id']))) {
    throw new MongoError(
      'ImmutableField',
      `Performing an update on the path '_id' would modify the immutable field '_id'`,
    );
  }
  return result;
}

function applyChange(change: Change, doc: Doc, applying: Applying): void {
  if (change.name === '$unset') remove(doc, change.parts);
  else if (change.name === '$rename') rename(doc, change);
  else updateOperators[change.name]?.(placeOf(doc, change.parts), cloneValue(change.operand), applying);
}

function remove(doc: Doc, parts: readonly string[]): void {
  const parent = findParent(doc, parts);
  const last = parts.at(-1) ?? '';
  if (isDoc(parent)) deleteKey(parent, last);
  else if (parent) {
    const position = arrayPosition(last);
    if (position !== undefined && position < parent.length) parent[position] = null;
  }
}

function rename(doc: Doc, { path, parts, operand }: Change): void {
  if (typeof operand !== 'string')
    throw new MongoError(
      'BadValue',
      `The 'to' field for $rename must be a string: ${path}: ${show(operand)}`,
    );
  const target = splitPath(operand);
  if (operand === path)
    throw new MongoError(
      'BadValue',
      `The source and target field for $rename must differ: ${path}: ${show(operand)}`,
    );
  checkNoArrays(doc, parts, 'source');
  const value = placeValue(doc, parts);
  if (value === undefined) return;
  checkNoArrays(doc, target, 'destination');
  remove(doc, parts);
  placeOf(doc, target).set(value);
}

function placeValue(doc: Doc, parts: readonly string[]): Maybe {
  const parent = findParent(doc, parts);
  return isDoc(parent) ? parent[parts.at(-1) ?? ''] : undefined;
}

function checkNoArrays(doc: Doc, parts: readonly string[], end: string): void {
  let value: Maybe = doc;
  for (const part of parts.slice(0, -1)) {
    value = isDoc(value) ? value[part] : undefined;
    if (Array.isArray(value)) {
      throw new MongoError(
        'BadValue',
        `The ${end} field cannot be an array element, '${parts.join('.')}' in doc with _id: ${show(doc['_id'] ?? null)} has an array field called '${part}'`,
      );
    }
  }
}
