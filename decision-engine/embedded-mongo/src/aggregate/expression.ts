import { Doc, docOf, isDoc, keysOf, type Maybe, type Value } from '../bson/value.js';
import { MongoError } from '../errors.js';
import type { CompareText } from '../order/compare.js';
import { splitPath } from '../query/path.js';
import { operators } from './operators/all.js';

/** What an expression is evaluated with. */
export interface Scope {
  readonly root: Maybe;
  readonly current: Maybe;
  readonly variables: ReadonlyMap<string, Maybe>;
  readonly now: Date;
  readonly text: CompareText;
}

/** A compiled expression; `undefined` is a missing value. */
export type Expression = (scope: Scope) => Maybe;

const SYSTEM: Readonly<Record<string, Expression>> = {
  ROOT: (scope) => scope.root,
  CURRENT: (scope) => scope.current,
  NOW: (scope) => scope.now,
  REMOVE: () => undefined,
  DESCEND: () => 'descend',
  PRUNE: () => 'prune',
  KEEP: () => 'keep',
};

/**
 * Compiles an aggregation expression.
 * @throws MongoError with MongoDB's code for what it does not accept.
 */
export function compileExpression(source: Maybe): Expression {
  if (source === undefined) return () => undefined;
  if (typeof source === 'string') return source.startsWith('$') ? reference(source) : () => source;
  if (Array.isArray(source)) {
    const items = source.map((item) => compileExpression(item));
    return (scope) => items.map((item) => item(scope) ?? null);
  }
  if (!isDoc(source)) return () => source;
  return compileObject(source);
}

function compileObject(source: Doc): Expression {
  const keys = keysOf(source);
  const [first] = keys;
  if (first?.startsWith('$')) {
    if (keys.length > 1) {
      throw new MongoError(15983, 'an object representing an expression must have exactly one field');
    }
    const operator = operators.get(first);
    if (!operator) throw new MongoError(168, `Unrecognized expression '${first}'`);
    return operator(source[first] ?? null, first);
  }
  const fields = keys.map((key) => {
    if (key.startsWith('$'))
      throw new MongoError(
        16410,
        `FieldPath field names may not start with '$'. Consider using $getField or $setField.`,
      );
    if (key.includes('.'))
      throw new MongoError(
        16412,
        `FieldPath field names may not contain '.'. Consider using $getField or $setField.`,
      );
    return [key, compileExpression(source[key])] as const;
  });
  return (scope) => docOf(fields.map(([key, field]) => [key, field(scope)] as const));
}

function reference(source: string): Expression {
  if (!source.startsWith('$$')) {
    const path = source.slice(1);
    if (path === '') throw new MongoError(16872, "'$' by itself is not a valid FieldPath");
    const parts = fieldPath(path);
    return (scope) => follow(scope.current, parts, 0);
  }
  const [name = '', ...rest] = source.slice(2).split('.');
  if (name === '') throw new MongoError('FailedToParse', 'empty variable names are not allowed');
  const system = SYSTEM[name];
  if (!system && !/^[a-z\u0080-\uffff]/.test(name)) {
    if (name === 'USER_ROLES') return () => [];
    if (name === 'SEARCH_META') return () => undefined;
    if (name === 'CLUSTER_TIME')
      throw new MongoError(51144, "Builtin variable '$$CLUSTER_TIME' is not available");
    throw new MongoError(
      'FailedToParse',
      `'${name}' starts with an invalid character for a user variable name`,
    );
  }
  const base: Expression = system ?? variable(name);
  return rest.length === 0 ? base : (scope) => follow(base(scope), rest, 0);
}

function variable(name: string): Expression {
  return (scope) => {
    if (!scope.variables.has(name)) throw new MongoError(17276, `Use of undefined variable: ${name}`);
    return scope.variables.get(name);
  };
}

function fieldPath(path: string): readonly string[] {
  const parts = splitPath(path);
  for (const part of parts) {
    if (part === '') {
      if (path.endsWith('.')) throw new MongoError(40353, "FieldPath must not end with a '.'.");
      throw new MongoError(15998, 'FieldPath field names may not be empty strings.');
    }
    if (part.startsWith('$')) {
      throw new MongoError(
        16410,
        `FieldPath field names may not start with '$'. Consider using $getField or $setField.`,
      );
    }
  }
  return parts;
}

/** A path in an expression: arrays on the way become arrays of what their documents have. */
export function follow(value: Maybe, parts: readonly string[], at: number): Maybe {
  const part = parts[at];
  if (part === undefined) return value;
  if (isDoc(value)) return follow(value[part], parts, at + 1);
  if (!Array.isArray(value)) return undefined;
  const found: Value[] = [];
  for (const item of value) {
    if (!isDoc(item) && !Array.isArray(item)) continue;
    const inner = follow(item, parts, at);
    if (inner !== undefined) found.push(inner);
  }
  return found;
}

/** The scope with more variables. */
export function withVariables(scope: Scope, entries: Iterable<readonly [string, Maybe]>): Scope {
  return { ...scope, variables: new Map([...scope.variables, ...entries]) };
}

/** The variables of a command's `let`. */
export function letVariables(source: Maybe): Map<string, Maybe> {
  const variables = new Map<string, Maybe>();
  if (!isDoc(source)) return variables;
  const scope: Scope = { root: new Doc(), current: new Doc(), variables, now: new Date(), text: () => 0 };
  for (const key of keysOf(source)) {
    if (!/^[a-z\u0080-\uffff]/.test(key)) {
      throw new MongoError(
        'FailedToParse',
        `'${key}' starts with an invalid character for a user variable name`,
      );
    }
    variables.set(key, compileExpression(source[key])(scope) ?? null);
  }
  return variables;
}
