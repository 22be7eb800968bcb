import { type Doc, isDoc, keysOf, type Maybe, type Value } from '../../bson/value.js';
import { MongoError } from '../../errors.js';
import { compileExpression, type Expression, type Scope } from '../expression.js';

/** Compiles the operand of an operator. */
export type Operator = (operand: Value, name: string) => Expression;
export type OperatorTable = Readonly<Record<string, Operator>>;

/** An operator over evaluated arguments, of which there must be between `min` and `max`. */
export function eager(
  [min, max]: readonly [number, number],
  compute: (values: Maybe[], scope: Scope, name: string) => Maybe,
): Operator {
  return (operand, name) => {
    const sources = Array.isArray(operand) ? operand : [operand];
    if (sources.length < min || sources.length > max) {
      if (min === max) {
        throw new MongoError(
          16020,
          `Expression ${name} takes exactly ${min} arguments. ${sources.length} were passed in.`,
        );
      }
      throw new MongoError(
        28667,
        `Expression ${name} takes at least ${min} arguments, and at most ${max}, but ${sources.length} were passed in.`,
      );
    }
    const args = sources.map((source) => compileExpression(source));
    const [first, second] = args;
    if (first && args.length === 1) return (scope) => compute([first(scope)], scope, name);
    if (first && second && args.length === 2)
      return (scope) => compute([first(scope), second(scope)], scope, name);
    return (scope) =>
      compute(
        args.map((arg) => arg(scope)),
        scope,
        name,
      );
  };
}

export const ANY: readonly [number, number] = [0, Number.POSITIVE_INFINITY];
export const ONE: readonly [number, number] = [1, 1];
export const TWO: readonly [number, number] = [2, 2];
export const THREE: readonly [number, number] = [3, 3];

/** An operator with named arguments, all evaluated; unknown names are refused. */
export function named(
  names: { required: readonly string[]; optional?: readonly string[] },
  compute: (values: Readonly<Record<string, Maybe>>, scope: Scope, name: string) => Maybe,
): Operator {
  return (operand, name) => {
    const source = namedOperand(operand, name, names);
    const args = keysOf(source).map((key) => [key, compileExpression(source[key])] as const);
    return (scope) => compute(Object.fromEntries(args.map(([key, arg]) => [key, arg(scope)])), scope, name);
  };
}

export function namedOperand(
  operand: Value,
  name: string,
  names: { required: readonly string[]; optional?: readonly string[] },
): Doc {
  if (!isDoc(operand))
    throw new MongoError('FailedToParse', `${name} only supports an object as its argument`);
  for (const key of keysOf(operand)) {
    if (!names.required.includes(key) && !names.optional?.includes(key)) {
      throw new MongoError('FailedToParse', `Unrecognized argument to ${name}: ${key}`);
    }
  }
  for (const key of names.required) {
    if (operand[key] === undefined)
      throw new MongoError('FailedToParse', `Missing '${key}' parameter to ${name}`);
  }
  return operand;
}

/** null and missing: most operators answer null to them. */
export function isNullish(value: Maybe): value is null | undefined {
  return value === null || value === undefined;
}
