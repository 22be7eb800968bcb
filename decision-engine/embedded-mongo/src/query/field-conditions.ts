import { BSONRegExp, MaxKey, MinKey } from 'bson';
import { type Doc, docOf, isDoc, keysOf, type Maybe, type Value } from '../bson/value.js';
import { MongoError } from '../errors.js';
import { compileNear } from '../geo/geo-conditions.js';
import { truthy } from '../numeric/number.js';
import { compareUtf8, compareValues, equalValues } from '../order/compare.js';
import { rankOf } from '../order/type-order.js';
import { compileNode, parseFilter } from './compile-filter.js';
import { elementTests } from './element-tests.js';
import type { FieldNode, FieldOperator, FilterContext, FilterNode } from './node.js';
import { visitPath } from './path.js';
import { toRegExp } from './regex.js';

export interface Path {
  readonly path: string;
  readonly parts: readonly string[];
}

type Test = (value: Maybe) => boolean;

/** The conditions on one field: `{ field: value }` or `{ field: { $gt: 1, … } }`. */
export function fieldNodes(path: Path, condition: Value, context: FilterContext): FilterNode[] {
  if (!isOperators(condition)) {
    if (condition instanceof BSONRegExp) return [regexNode(path, condition)];
    return [operatorNode(path, ['$eq', condition], context)];
  }
  const nodes: FilterNode[] = [];
  for (const key of keysOf(condition)) {
    const operand = condition[key];
    if (operand === undefined || key === '$options' || key === '$maxDistance' || key === '$minDistance')
      continue;
    if (key === '$near' || key === '$nearSphere') nodes.push(nearNode(path, [key, condition], context));
    else if (key === '$regex') nodes.push(regexNode(path, regexOf(operand, condition['$options'])));
    else nodes.push(operatorNode(path, [key, operand], context));
  }
  if (condition['$options'] !== undefined && condition['$regex'] === undefined) {
    throw new MongoError('BadValue', '$options needs a $regex');
  }
  return nodes;
}

/** A place that is near, and the order by distance. */
function nearNode(path: Path, [name, beside]: readonly [string, Doc], context: FilterContext): FieldNode {
  if (!context.nearAllowed)
    throw new MongoError(5626500, '$geoNear, $near, and $nearSphere are not allowed in this context');
  const plugins = context.indexes
    ?.filter(({ key }) => key[path.path] !== undefined)
    .map(({ plugin }) => plugin);
  if (plugins && !plugins.includes('2d') && !plugins.includes('2dsphere')) {
    throw new MongoError(
      'NoQueryExecutionPlans',
      'error processing query: planner returned error :: caused by :: unable to find index for $geoNear query',
    );
  }
  const flat = plugins?.includes('2d') === true && !plugins.includes('2dsphere');
  const near = compileNear({ name, operand: beside[name] ?? null, beside, flat });
  context.rank.distance = (doc) => {
    let nearest: number | undefined;
    visitPath(doc, path.parts, (value) => {
      const distance = near.distance(value);
      if (distance !== undefined && (nearest === undefined || distance < nearest)) nearest = distance;
      return false;
    });
    return nearest;
  };
  const test: Test = (value) => near.distance(value) !== undefined;
  return field(path, { operator: 'other', operand: beside[name] ?? null, test });
}

/** Whether a condition is `{ $operator: … }` and not a document to be equal to. */
export function isOperators(condition: Maybe): condition is Doc {
  if (!isDoc(condition)) return false;
  const [first] = keysOf(condition);
  if (first === undefined || !first.startsWith('$')) return false;
  return first !== '$ref' && first !== '$id' && first !== '$db';
}

function regexOf(pattern: Value, options: Maybe): BSONRegExp {
  if (options !== undefined && typeof options !== 'string')
    throw new MongoError('BadValue', '$options has to be a string');
  if (pattern instanceof BSONRegExp) {
    if (options !== undefined && pattern.options !== '') {
      throw new MongoError(51075, 'options set in both $regex and $options');
    }
    return options === undefined ? pattern : new BSONRegExp(pattern.pattern, options);
  }
  if (typeof pattern !== 'string') throw new MongoError('BadValue', '$regex has to be a string');
  const unknown = /[^imsxu]/.exec(options ?? '');
  if (unknown) throw new MongoError(51108, `invalid flag in regex options: ${unknown[0]}`);
  return new BSONRegExp(pattern, options ?? '');
}

function regexNode(path: Path, regex: BSONRegExp): FieldNode {
  return field(path, { operator: 'regex', operand: regex, test: onElements(regexTest(regex)) });
}

function regexTest(regex: BSONRegExp): Test {
  const compiled = toRegExp(regex);
  return (value) =>
    typeof value === 'string'
      ? compiled.test(value)
      : value instanceof BSONRegExp && value.pattern === regex.pattern && value.options === regex.options;
}

function field(
  path: Path,
  rest: { operator: FieldOperator; operand: Value; test: Test; inner?: FilterNode },
): FieldNode {
  return { kind: 'field', ...path, ...rest };
}

/** A value fulfils a condition when it does itself, or when it is an array with an element that does. */
function onElements(test: Test): Test {
  return (value) => test(value) || (Array.isArray(value) && value.some(test));
}

function operatorNode(
  path: Path,
  [name, operand]: readonly [string, Value],
  context: FilterContext,
): FilterNode {
  const { text } = context;
  const make = (operator: FieldOperator, test: Test): FieldNode => field(path, { operator, operand, test });
  switch (name) {
    case '$eq':
      return make('eq', onElements(equalTo(operand, context)));
    case '$ne':
      if (operand instanceof BSONRegExp) throw new MongoError('BadValue', "Can't have regex as arg to $ne.");
      return { kind: 'not', node: make('eq', onElements(equalTo(operand, context))) };
    case '$gt':
    case '$gte':
    case '$lt':
    case '$lte':
      if (operand instanceof BSONRegExp)
        throw new MongoError('BadValue', `Can't have RegEx as arg to predicate over field '${path.path}'.`);
      return make(name.slice(1) as 'gt', onElements(ordered(name, operand, context)));
    case '$in':
      return make('in', onElements(anyOf(listOf(name, operand), context)));
    case '$nin':
      return { kind: 'not', node: make('in', onElements(anyOf(listOf(name, operand), context))) };
    case '$exists': {
      const node = make('exists', (value) => value !== undefined);
      return truthy(operand) ? node : { kind: 'not', node };
    }
    case '$not':
      return { kind: 'not', node: { kind: 'and', nodes: negated(path, operand, context) } };
    case '$elemMatch':
      return elemMatch(path, operand, context);
    case '$all':
      return all(path, listOf(name, operand), context);
    default: {
      const test = elementTests(name, operand, text);
      return make('other', test.onWhole ? test.test : onElements(test.test));
    }
  }
}

function negated(path: Path, operand: Value, context: FilterContext): FilterNode[] {
  if (operand instanceof BSONRegExp) return [regexNode(path, operand)];
  if (!isDoc(operand)) throw new MongoError('BadValue', '$not needs a regex or a document');
  if (keysOf(operand).length === 0) throw new MongoError('BadValue', '$not cannot be empty');
  for (const key of keysOf(operand)) {
    if (!key.startsWith('$')) throw new MongoError('BadValue', `unknown operator: ${key}`);
  }
  return fieldNodes(path, operand, context);
}

function listOf(name: string, operand: Value): readonly Value[] {
  if (!Array.isArray(operand)) throw new MongoError('BadValue', `${name} needs an array`);
  for (const item of operand) {
    if (isOperators(item) && !(name === '$all' && keysOf(item)[0] === '$elemMatch')) {
      throw new MongoError('BadValue', `cannot nest $ under ${name}`);
    }
  }
  return operand;
}

function equalTo(operand: Value, { text }: FilterContext): Test {
  if (operand === null) return (value) => value === undefined || value === null;
  if (typeof operand === 'string') return (value) => typeof value === 'string' && text(value, operand) === 0;
  return (value) => equalValues(value, operand, text);
}

/** Ordered comparison stays inside one type, but for MinKey and MaxKey. */
function ordered(name: string, operand: Value, { text }: FilterContext): Test {
  const rank = rankOf(operand);
  const holds = {
    $gt: (o: number) => o > 0,
    $gte: (o: number) => o >= 0,
    $lt: (o: number) => o < 0,
    $lte: (o: number) => o <= 0,
  }[name as '$gt'];
  if (operand === null) {
    return name === '$gte' || name === '$lte'
      ? (value) => value === undefined || value === null
      : () => false;
  }
  const extreme = operand instanceof MinKey || operand instanceof MaxKey;
  const nan = typeof operand === 'number' && Number.isNaN(operand);
  return (value) => {
    if (value === undefined) return false;
    if (extreme) return holds(compareValues(value, operand, text));
    if (rankOf(value) !== rank) return false;
    if (nan || (typeof value === 'number' && Number.isNaN(value))) {
      return name.endsWith('e') && compareValues(value, operand, text) === 0;
    }
    return holds(compareValues(value, operand, text));
  };
}

function anyOf(operands: readonly Value[], context: FilterContext): Test {
  const strings = new Set<string>();
  const tests: Test[] = [];
  const others: Test[] = [];
  for (const operand of operands) {
    if (typeof operand === 'string' && context.text === compareUtf8) strings.add(operand);
    else if (operand instanceof BSONRegExp) others.push(regexTest(operand));
    else tests.push(equalTo(operand, context));
  }
  return (value) =>
    (typeof value === 'string' && strings.has(value)) ||
    tests.some((test) => test(value)) ||
    others.some((test) => test(value));
}

function elemMatch(path: Path, operand: Value, context: FilterContext): FieldNode {
  if (!isDoc(operand)) throw new MongoError('BadValue', '$elemMatch needs an Object');
  const onValues =
    isOperators(operand) && !['$and', '$or', '$nor', '$where', '$expr'].includes(keysOf(operand)[0] ?? '');
  if (onValues) {
    const nodes = fieldNodes({ path: '', parts: [] }, operand, context);
    const tests = nodes.map(elementTest);
    const test: Test = (value) =>
      Array.isArray(value) && value.some((item) => tests.every((one) => one(item)));
    return field(path, { operator: 'elemMatchValue', operand, test, inner: { kind: 'and', nodes } });
  }
  const inner = parseFilter(operand, context);
  const matches = compileNode(inner);
  const test: Test = (value) =>
    Array.isArray(value) &&
    value.some((item) => (isDoc(item) ? matches(item) : Array.isArray(item) && matches(arrayAsDoc(item))));
  return field(path, { operator: 'elemMatch', operand, test, inner });
}

/** A condition inside `$elemMatch: { $op: … }` looks at the element itself. */
export function elementTest(node: FilterNode): Test {
  switch (node.kind) {
    case 'field':
      return node.test;
    case 'not': {
      const test = elementTest(node.node);
      return (value) => !test(value);
    }
    case 'and': {
      const tests = node.nodes.map(elementTest);
      return (value) => tests.every((test) => test(value));
    }
    case 'or': {
      const tests = node.nodes.map(elementTest);
      return (value) => tests.some((test) => test(value));
    }
    case 'nor': {
      const tests = node.nodes.map(elementTest);
      return (value) => !tests.some((test) => test(value));
    }
    case 'test':
      return (value) => isDoc(value) && node.test(value);
  }
}

function arrayAsDoc(items: readonly Value[]): Doc {
  return docOf(items.map((item, i) => [String(i), item] as const));
}

function all(path: Path, operands: readonly Value[], context: FilterContext): FilterNode {
  if (operands.length === 0) return { kind: 'or', nodes: [] };
  const nodes = operands.map((operand): FilterNode => {
    if (isOperators(operand)) return elemMatch(path, operand['$elemMatch'] ?? null, context);
    if (operand instanceof BSONRegExp) return regexNode(path, operand);
    return operatorNode(path, ['$eq', operand], context);
  });
  return { kind: 'and', nodes };
}
