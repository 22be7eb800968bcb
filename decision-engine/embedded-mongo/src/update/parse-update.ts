import { show } from '../bson/show.js';
import { type Doc, isDoc, keysOf, type Maybe, type Value } from '../bson/value.js';
import { MongoError } from '../errors.js';
import { splitPath } from '../query/path.js';
import { typeOf } from '../query/type-names.js';
import { updateOperators } from './operators.js';

/** One change of one path. */
export interface Change {
  readonly name: string;
  readonly path: string;
  readonly parts: readonly string[];
  readonly operand: Value;
}

/** A parsed update. */
export type Update =
  | { readonly kind: 'replace'; readonly doc: Doc }
  | { readonly kind: 'change'; readonly changes: readonly Change[] }
  | { readonly kind: 'pipeline'; readonly stages: readonly Doc[] };

/** @throws MongoError FailedToParse (9), ConflictingUpdateOperators (40) and others for a bad update. */
export function parseUpdate(source: Maybe): Update {
  if (Array.isArray(source)) return { kind: 'pipeline', stages: source.filter(isDoc) };
  if (!isDoc(source))
    throw new MongoError('FailedToParse', 'Update argument must be either an object or an array');
  const keys = keysOf(source);
  if (!keys[0]?.startsWith('$')) {
    const dollar = keys.find((key) => key.startsWith('$'));
    if (dollar !== undefined) {
      throw new MongoError(
        'DollarPrefixedFieldName',
        `The dollar ($) prefixed field '${dollar}' in '${dollar}' is not allowed in the context of an update's replacement document. Consider using an aggregation pipeline with $replaceWith.`,
      );
    }
    return { kind: 'replace', doc: source };
  }
  const changes = keys.flatMap((name) => operatorChanges(name, source[name] ?? null));
  checkConflicts(changes);
  return { kind: 'change', changes: changes.sort((a, b) => comparePaths(a.parts, b.parts)) };
}

function operatorChanges(name: string, fields: Value): Change[] {
  if (!updateOperators[name] && name !== '$unset' && name !== '$rename') {
    throw new MongoError(
      'FailedToParse',
      `Unknown modifier: ${name}. Expected a valid update modifier or pipeline-style update specified as an array`,
    );
  }
  if (!isDoc(fields)) {
    throw new MongoError(
      'FailedToParse',
      `Modifiers operate on fields but we found type ${typeOf(fields)} instead. For example: {$mod: {<field>: ...}} not {${name}: ${show(fields)}}`,
    );
  }
  for (const path of name === '$rename' ? keysOf(fields) : []) {
    if (fields[path] !== path) continue;
    throw new MongoError(
      'BadValue',
      `The source and target field for $rename must differ: ${path}: "${path}"`,
    );
  }
  return keysOf(fields).map((path) => ({
    name,
    path,
    parts: checkedPath(path),
    operand: fields[path] ?? null,
  }));
}

function checkedPath(path: string): readonly string[] {
  const parts = splitPath(path);
  if (path === '') throw new MongoError(56, 'An empty update path is not valid.');
  if (parts.includes(''))
    throw new MongoError(56, `The update path '${path}' contains an empty field name, which is not allowed.`);
  for (const [i, part] of parts.entries()) {
    if (!part.startsWith('$')) continue;
    const positional = part === '$' || (part.startsWith('$[') && part.endsWith(']'));
    if (positional && i === 0) {
      throw new MongoError(
        'BadValue',
        `Cannot have positional (i.e. '$') element in the first position in path '${path}'`,
      );
    }
    if (!positional && !DBREF.has(part)) {
      throw new MongoError(
        'DollarPrefixedFieldName',
        `The dollar ($) prefixed field '${part}' in '${path}' is not allowed in the context of an update's replacement document. Consider using an aggregation pipeline with $replaceWith.`,
      );
    }
  }
  return parts;
}

const DBREF = new Set(['$ref', '$id', '$db']);

function checkConflicts(changes: readonly Change[]): void {
  const paths = changes.flatMap((change) =>
    change.name === '$rename' && typeof change.operand === 'string'
      ? [change.path, change.operand]
      : [change.path],
  );
  const sorted = [...paths].map((path) => `${path}.`).sort();
  for (let i = 1; i < sorted.length; i++) {
    const [before, path] = [sorted[i - 1] ?? '', sorted[i] ?? ''];
    if (!path.startsWith(before)) continue;
    throw new MongoError(
      'ConflictingUpdateOperators',
      `Updating the path '${path.slice(0, -1)}' would create a conflict at '${before.slice(0, -1)}'`,
    );
  }
}

/** Changes are applied by path: names in their order, numbers by size. */
function comparePaths(a: readonly string[], b: readonly string[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const [x, y] = [a[i] ?? '', b[i] ?? ''];
    if (x === y) continue;
    const [n, m] = [Number(x), Number(y)];
    if (x !== '' && y !== '' && Number.isInteger(n) && Number.isInteger(m)) return n - m;
    return x < y ? -1 : 1;
  }
  return a.length - b.length;
}
