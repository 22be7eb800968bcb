import { copyDoc, Doc, deleteKey, isDoc, keysOf, type Maybe, setKey, type Value } from '../../bson/value.js';
import { MongoError } from '../../errors.js';
import { truthy } from '../../numeric/number.js';
import { encodeKey } from '../../order/encode-key.js';
import { typeOf } from '../../query/type-names.js';
import { compileExpression } from '../expression.js';
import { ANY, eager, isNullish, namedOperand, ONE, type OperatorTable, TWO } from './operator.js';

export function mergeObjects(values: readonly Maybe[]): Doc {
  const merged = new Doc();
  for (const value of values) {
    if (isNullish(value)) continue;
    if (!isDoc(value))
      throw new MongoError(
        40400,
        `$mergeObjects requires object inputs, but input is of type ${typeOf(value)}`,
      );
    for (const key of keysOf(value)) setKey(merged, key, value[key] ?? null);
  }
  return merged;
}

/** Distinct values, and whether one is among them. */
export class ValueSet {
  private readonly byKey = new Map<string, Value>();

  constructor(values: Iterable<Value> = []) {
    for (const value of values) this.add(value);
  }

  add(value: Value): boolean {
    const key = encodeKey(value).toString('latin1');
    if (this.byKey.has(key)) return false;
    this.byKey.set(key, value);
    return true;
  }

  has(value: Value): boolean {
    return this.byKey.has(encodeKey(value).toString('latin1'));
  }

  get size(): number {
    return this.byKey.size;
  }

  values(): Value[] {
    return [...this.byKey.values()];
  }
}

function items(value: Maybe, name: string): readonly Value[] {
  if (Array.isArray(value)) return value;
  throw new MongoError(
    17041,
    `All operands of ${name} must be arrays. One argument is of type: ${typeOf(value)}`,
  );
}

function fieldName(value: Maybe, name: string): string {
  if (typeof value === 'string') return value;
  throw new MongoError(
    5654602,
    `${name} requires 'field' to evaluate to type String, but got ${typeOf(value)}`,
  );
}

/** Objects, sets and fields by name. */
export const objects: OperatorTable = {
  $mergeObjects: eager(ANY, (values) => mergeObjects(values)),
  $setUnion: eager(ANY, (values, _scope, name) =>
    values.some(isNullish) ? null : new ValueSet(values.flatMap((value) => items(value, name))).values(),
  ),
  $setIntersection: eager(ANY, (values, _scope, name) => {
    if (values.some(isNullish)) return null;
    const [first, ...others] = values.map((value) => new ValueSet(items(value, name)));
    return first?.values().filter((value) => others.every((other) => other.has(value))) ?? [];
  }),
  $setDifference: eager(TWO, ([a, b], _scope, name) => {
    if (isNullish(a) || isNullish(b)) return null;
    const remove = new ValueSet(items(b, name));
    return new ValueSet(items(a, name)).values().filter((value) => !remove.has(value));
  }),
  $setEquals: eager(ANY, (values, _scope, name) => {
    const [first, ...others] = values.map((value) => new ValueSet(items(value, name)));
    return others.every(
      (other) => other.size === first?.size && other.values().every((value) => first.has(value)),
    );
  }),
  $setIsSubset: eager(TWO, ([a, b], _scope, name) => {
    const whole = new ValueSet(items(b, name));
    return items(a, name).every((value) => whole.has(value));
  }),
  $anyElementTrue: eager(ONE, ([value], _scope, name) => items(value, name).some((item) => truthy(item))),
  $allElementsTrue: eager(ONE, ([value], _scope, name) => items(value, name).every((item) => truthy(item))),
  $getField: (operand, name) => {
    const short = !isDoc(operand) || keysOf(operand)[0]?.startsWith('$');
    const source = short
      ? undefined
      : namedOperand(operand, name, { required: ['field'], optional: ['input'] });
    const field = compileExpression(source ? source['field'] : operand);
    const input = source?.['input'] === undefined ? undefined : compileExpression(source['input']);
    return (scope) => {
      const from = input ? input(scope) : scope.current;
      if (from === null) return null;
      return isDoc(from) ? from[fieldName(field(scope), name)] : undefined;
    };
  },
  $setField: (operand, name) =>
    setField(namedOperand(operand, name, { required: ['field', 'input', 'value'] }), name),
  $unsetField: (operand, name) =>
    setField(namedOperand(operand, name, { required: ['field', 'input'] }), name),
};

function setField(source: Doc, name: string) {
  const [field, input, value] = ['field', 'input', 'value'].map((key) => compileExpression(source[key]));
  return (scope: Parameters<NonNullable<typeof field>>[0]): Maybe => {
    const from = input?.(scope);
    if (isNullish(from)) return null;
    if (!isDoc(from)) throw new MongoError(4161105, `${name} requires 'input' to evaluate to type Object`);
    const copy = copyDoc(from);
    const key = fieldName(field?.(scope), name);
    const next = value?.(scope);
    if (next === undefined) deleteKey(copy, key);
    else setKey(copy, key, next);
    return copy;
  };
}
