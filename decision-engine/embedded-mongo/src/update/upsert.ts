import { show } from '../bson/show.js';
import { cloneValue, Doc, type Maybe, type Value } from '../bson/value.js';
import { MongoError } from '../errors.js';
import { equalValues } from '../order/compare.js';
import type { FilterNode } from '../query/node.js';
import { withIdFirst, withOwnId } from './apply-update.js';
import { placeOf } from './locate.js';
import type { Update } from './parse-update.js';

/** The document an upsert begins with: what the filter says its fields are equal to. */
function docFromFilter(node: FilterNode): Doc {
  const doc = new Doc();
  const seen = new Map<string, Value>();
  collect(node, (path, parts, value) => {
    const before = seen.get(path);
    if (before !== undefined) {
      throw new MongoError(54, `cannot infer query fields to set, path '${path}' is matched twice`);
    }
    seen.set(path, value);
    for (const other of seen.keys()) {
      if (other !== path && (other.startsWith(`${path}.`) || path.startsWith(`${other}.`))) {
        throw new MongoError(
          54,
          `cannot infer query fields to set, both paths '${other}' and '${path}' are matched`,
        );
      }
    }
    placeOf(doc, parts).set(cloneValue(value));
  });
  return doc;
}

type Take = (path: string, parts: readonly string[], value: Value) => void;

function collect(node: FilterNode, take: Take): void {
  if (node.kind === 'and') for (const inner of node.nodes) collect(inner, take);
  else if (node.kind === 'or' && node.nodes.length === 1)
    for (const inner of node.nodes) collect(inner, take);
  else if (node.kind === 'field' && node.operator === 'eq' && node.path !== '')
    take(node.path, node.parts, node.operand);
  else if (
    node.kind === 'field' &&
    node.operator === 'in' &&
    Array.isArray(node.operand) &&
    node.operand.length === 1
  ) {
    take(node.path, node.parts, node.operand[0] ?? null);
  }
}

/** The document to insert. @throws MongoError ImmutableField (66) when filter and update name different ids. */
export function upsertedDoc(update: Update, node: FilterNode, apply: (doc: Doc) => Doc): Doc {
  const base = update.kind === 'replace' ? idOnly(docFromFilter(node)) : docFromFilter(node);
  const doc = apply(base);
  const id: Maybe = doc['_id'] === undefined ? base['_id'] : doc['_id'];
  if (base['_id'] !== undefined && id !== undefined && !equalValues(base['_id'], id)) {
    throw new MongoError(
      'ImmutableField',
      `Performing an update on the path '_id' would modify the immutable field '_id' to ${show(id)}`,
    );
  }
  return id === undefined ? withOwnId(doc) : withIdFirst(doc, id);
}

function idOnly(doc: Doc): Doc {
  const result = new Doc();
  if (doc['_id'] !== undefined) result['_id'] = doc['_id'];
  return result;
}
