import { type Doc, isDoc, keysOf, type Maybe } from '../bson/value.js';
import { MongoError } from '../errors.js';
import { type CompareText, compareUtf8 } from '../order/compare.js';
import type { IndexSpec } from '../storage/index-spec.js';
import { fieldNodes } from './field-conditions.js';
import type { FilterContext, FilterNode, Rank } from './node.js';
import { splitPath, visitPath } from './path.js';
import { topLevelOperator } from './top-level.js';
import { typeOf } from './type-names.js';

/** A compiled filter. */
export interface Matcher {
  readonly node: FilterNode;
  /** The top-level fields it looks at; undefined where that is not known. */
  readonly fields: ReadonlySet<string> | undefined;
  readonly rank: Rank;
  test(doc: Doc): boolean;
}

export interface FilterOptions {
  readonly text?: CompareText | undefined;
  readonly variables?: ReadonlyMap<string, Maybe>;
  readonly now?: Date;
  /** The collection the filter is for; without one `$text` and `$near` find no index. */
  readonly collection?: { readonly indexes: readonly { readonly spec: IndexSpec }[] } | 'missing' | undefined;
  readonly nearAllowed?: boolean;
}

/**
 * Compiles a query filter.
 * @throws MongoError BadValue (2) for what MongoDB does not accept either.
 */
export function compileFilter(filter: Doc, options: FilterOptions = {}): Matcher {
  const context = filterContext(options);
  const node = parseFilter(filter, context);
  const test = compileNode(node);
  const fields = new Set<string>();
  return { node, fields: collectFields(node, fields) ? fields : undefined, rank: context.rank, test };
}

function collectFields(node: FilterNode, found: Set<string>): boolean {
  switch (node.kind) {
    case 'field':
      found.add(node.parts[0] ?? '');
      return true;
    case 'not':
      return collectFields(node.node, found);
    case 'test':
      return false;
    default:
      return node.nodes.every((inner) => collectFields(inner, found));
  }
}

export function filterContext({
  text,
  variables,
  now,
  collection,
  nearAllowed,
}: FilterOptions): FilterContext {
  return {
    text: text ?? compareUtf8,
    variables: variables ?? new Map(),
    now: now ?? new Date(),
    indexes: collection === 'missing' ? undefined : (collection?.indexes.map(({ spec }) => spec) ?? []),
    rank: {},
    nearAllowed: nearAllowed ?? false,
  };
}

/** Reads a filter into its tree. */
export function parseFilter(filter: Doc, context: FilterContext): FilterNode {
  const nodes: FilterNode[] = [];
  for (const key of keysOf(filter)) {
    const condition = filter[key];
    if (condition === undefined) continue;
    if (key.startsWith('$')) nodes.push(...topLevelOperator(key, condition, context));
    else nodes.push(...fieldNodes({ path: key, parts: splitPath(key) }, condition, context));
  }
  const [only] = nodes;
  return nodes.length === 1 && only ? only : { kind: 'and', nodes };
}

/** The filter of a command. @throws MongoError TypeMismatch (14) when it is no document. */
export function filterOf(value: Maybe, name: string): Doc | undefined {
  if (value === undefined) return undefined;
  if (!isDoc(value)) {
    throw new MongoError(
      'TypeMismatch',
      `BSON field '${name}' is the wrong type '${typeOf(value)}', expected type 'object'`,
    );
  }
  return value;
}

/** A function that says whether a document fulfils a filter tree. */
export function compileNode(node: FilterNode): (doc: Doc) => boolean {
  switch (node.kind) {
    case 'and': {
      const tests = node.nodes.map(compileNode);
      return tests.length === 0 ? () => true : (doc) => tests.every((test) => test(doc));
    }
    case 'or': {
      const tests = node.nodes.map(compileNode);
      return (doc) => tests.some((test) => test(doc));
    }
    case 'nor': {
      const tests = node.nodes.map(compileNode);
      return (doc) => !tests.some((test) => test(doc));
    }
    case 'not': {
      const test = compileNode(node.node);
      return (doc) => !test(doc);
    }
    case 'test':
      return node.test;
    case 'field': {
      const { parts, test } = node;
      const [only] = parts;
      if (parts.length === 1 && only !== undefined) return (doc) => test(doc[only]);
      return (doc) => visitPath(doc, parts, test);
    }
  }
}
