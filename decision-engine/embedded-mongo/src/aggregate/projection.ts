import { copyDoc, Doc, deleteKey, isDoc, keysOf, type Maybe, setKey, type Value } from '../bson/value.js';
import { MongoError } from '../errors.js';
import { isNumeric, truthy } from '../numeric/number.js';
import { splitPath } from '../query/path.js';
import { compileExpression, type Expression, type Scope } from './expression.js';

/** One level of a projection: what happens to a field, or to the fields below it. */
export interface ProjectionNode {
  readonly children: Map<string, ProjectionNode>;
  /** Included or excluded as a whole; undefined where only something below is named. */
  keep?: boolean;
  compute?: Expression;
}

/** A projection by inclusion (`{ a: 1 }`) or exclusion (`{ a: 0 }`), with computed fields. */
export interface Projection {
  readonly exclusive: boolean;
  readonly root: ProjectionNode;
}

function newNode(): ProjectionNode {
  return { children: new Map() };
}

/** @throws MongoError 31253, 31254 for a mixture of inclusion and exclusion; 31249/31250 for colliding paths. */
export function readProjection(source: Doc): Projection {
  const root = newNode();
  let mode: boolean | undefined;
  const visit = (path: string, value: Maybe): void => {
    if (isDoc(value) && keysOf(value).length > 0 && !keysOf(value)[0]?.startsWith('$')) {
      for (const key of keysOf(value)) visit(`${path}.${key}`, value[key]);
      return;
    }
    const node = place(root, path);
    if (isNumeric(value) || typeof value === 'boolean') {
      const keep = truthy(value);
      node.keep = keep;
      if (path === '_id') return;
      if (mode !== undefined && mode !== keep) {
        throw keep
          ? new MongoError(31253, `Cannot do inclusion on field ${path} in exclusion projection`)
          : new MongoError(31254, `Cannot do exclusion on field ${path} in inclusion projection`);
      }
      mode = keep;
      return;
    }
    if (isDoc(value) && keysOf(value).length === 0)
      throw new MongoError(51270, 'An empty sub-projection is not a valid value. Found empty object at path');
    node.compute = compileExpression(value);
    if (path !== '_id' && mode === false)
      throw new MongoError(31252, `Cannot use an expression for field ${path} in exclusion projection`);
    if (path !== '_id') mode = true;
  };
  for (const key of keysOf(source)) visit(key, source[key]);
  const id = root.children.get('_id');
  const exclusive = mode === undefined ? id?.keep === false && !id.compute : !mode;
  if (!exclusive && id === undefined) root.children.set('_id', { children: new Map(), keep: true });
  return { exclusive, root };
}

function place(root: ProjectionNode, path: string): ProjectionNode {
  let node = root;
  const parts = splitPath(path);
  for (const [i, part] of parts.entries()) {
    if (part === '')
      throw new MongoError(
        i === parts.length - 1 ? 40353 : 15998,
        'FieldPath field names may not be empty strings.',
      );
    if (part.startsWith('$'))
      throw new MongoError(
        16410,
        `FieldPath field names may not start with '$'. Consider using $getField or $setField.`,
      );
    if (node.keep !== undefined || node.compute) throw new MongoError(31249, `Path collision at ${path}`);
    let next = node.children.get(part);
    if (!next) {
      next = newNode();
      node.children.set(part, next);
    }
    node = next;
  }
  if (node.children.size > 0 || node.keep !== undefined || node.compute)
    throw new MongoError(31250, `Path collision at ${path}`);
  return node;
}

export function project(projection: Projection, scope: Scope & { readonly root: Doc }): Doc {
  return projection.exclusive
    ? exclude(scope.root, projection.root)
    : include(scope.root, projection.root, scope);
}

function exclude(doc: Doc, node: ProjectionNode): Doc {
  const result = copyDoc(doc);
  for (const [key, inner] of node.children) {
    const value = result[key];
    if (value === undefined) continue;
    if (inner.keep === false) deleteKey(result, key);
    else if (inner.children.size > 0) result[key] = excludeBelow(value, inner);
  }
  return result;
}

function excludeBelow(value: Value, node: ProjectionNode): Value {
  if (Array.isArray(value)) return value.map((item) => excludeBelow(item, node));
  return isDoc(value) ? exclude(value, node) : value;
}

function include(doc: Doc, node: ProjectionNode, scope: Scope): Doc {
  const result = new Doc();
  for (const key of keysOf(doc)) {
    const inner = node.children.get(key);
    const value = doc[key];
    if (!inner || value === undefined || inner.compute) continue;
    if (inner.keep === true) setKey(result, key, value);
    else if (inner.children.size > 0) {
      const below = includeBelow(value, inner, scope);
      if (below !== undefined) setKey(result, key, below);
    }
  }
  compute(result, node, { doc, scope });
  return result;
}

function includeBelow(value: Value, node: ProjectionNode, scope: Scope): Maybe {
  if (Array.isArray(value)) {
    return value.map((item) => includeBelow(item, node, scope)).filter((item) => item !== undefined);
  }
  if (isDoc(value)) return include(value, node, scope);
  return hasComputed(node) ? include(new Doc(), node, scope) : undefined;
}

function hasComputed(node: ProjectionNode): boolean {
  return [...node.children.values()].some((child) => child.compute !== undefined || hasComputed(child));
}

function compute(result: Doc, node: ProjectionNode, { doc, scope }: { doc: Doc; scope: Scope }): void {
  for (const [key, inner] of node.children) {
    if (inner.compute) {
      const value = inner.compute(scope);
      if (value !== undefined) setKey(result, key, value);
    } else if (doc[key] === undefined && hasComputed(inner))
      setKey(result, key, include(new Doc(), inner, scope));
  }
}

/** `$addFields`: sets computed fields, inside documents and array elements too; a missing result removes the field. */
export function readAddFields(source: Doc): ProjectionNode {
  const root = newNode();
  const visit = (path: string, value: Maybe): void => {
    const nested = isDoc(value) && keysOf(value).length > 0 && !keysOf(value)[0]?.startsWith('$');
    if (nested) for (const key of keysOf(value)) visit(`${path}.${key}`, value[key]);
    else place(root, path).compute = compileExpression(value);
  };
  for (const key of keysOf(source)) visit(key, source[key]);
  return root;
}

export function addFields(doc: Doc, node: ProjectionNode, scope: Scope): Doc {
  const result = copyDoc(doc);
  for (const [key, inner] of node.children) {
    const value = inner.compute ? inner.compute(scope) : addBelow(doc[key], inner, scope);
    if (value === undefined) deleteKey(result, key);
    else setKey(result, key, value);
  }
  return result;
}

function addBelow(value: Maybe, node: ProjectionNode, scope: Scope): Value {
  if (Array.isArray(value)) return value.map((item) => addBelow(item, node, scope));
  return addFields(isDoc(value) ? value : new Doc(), node, scope);
}
