import { isDoc, keysOf, type Maybe } from '../../bson/value.js';
import { MongoError } from '../../errors.js';
import { truthy } from '../../numeric/number.js';
import { compareValues } from '../../order/compare.js';
import { compileExpression, withVariables } from '../expression.js';
import { ANY, eager, isNullish, namedOperand, ONE, type OperatorTable, TWO } from './operator.js';

function comparison(holds: (order: number) => boolean) {
  return eager(TWO, ([a, b], scope) => holds(compareValues(a, b, scope.text)));
}

/** Comparison, boolean, conditional and variable operators. */
export const logic: OperatorTable = {
  $eq: comparison((order) => order === 0),
  $ne: comparison((order) => order !== 0),
  $gt: comparison((order) => order > 0),
  $gte: comparison((order) => order >= 0),
  $lt: comparison((order) => order < 0),
  $lte: comparison((order) => order <= 0),
  $cmp: eager(TWO, ([a, b], scope) => compareValues(a, b, scope.text)),
  $and: (operand) => {
    const tests = (Array.isArray(operand) ? operand : [operand]).map((item) => compileExpression(item));
    return (scope) => tests.every((test) => truthy(test(scope)));
  },
  $or: (operand) => {
    const tests = (Array.isArray(operand) ? operand : [operand]).map((item) => compileExpression(item));
    return (scope) => tests.some((test) => truthy(test(scope)));
  },
  $not: eager(ONE, ([value]) => !truthy(value)),
  $cond: (operand, name) => {
    const parts = Array.isArray(operand)
      ? operand
      : (() => {
          const source = namedOperand(operand, name, { required: ['if', 'then', 'else'] });
          return [source['if'], source['then'], source['else']];
        })();
    if (parts.length !== 3) {
      throw new MongoError(
        16020,
        `Expression $cond takes exactly 3 arguments. ${parts.length} were passed in.`,
      );
    }
    const [test, yes, no] = parts.map((part) => compileExpression(part));
    return (scope) => (truthy(test?.(scope)) ? yes?.(scope) : no?.(scope));
  },
  $ifNull: eager(ANY, (values) => {
    for (const value of values) if (!isNullish(value)) return value;
    return values[values.length - 1];
  }),
  $switch: (operand) => {
    if (!isDoc(operand) || !Array.isArray(operand['branches'])) {
      throw new MongoError(40061, "$switch requires 'branches' to be an array");
    }
    const branches = operand['branches'].filter(isDoc).map((branch) => ({
      test: compileExpression(branch['case']),
      result: compileExpression(branch['then']),
    }));
    const fallback = operand['default'] === undefined ? undefined : compileExpression(operand['default']);
    return (scope) => {
      for (const { test, result } of branches) if (truthy(test(scope))) return result(scope);
      if (fallback) return fallback(scope);
      throw new MongoError(
        40066,
        '$switch could not find a matching branch for an input, and no default was specified.',
      );
    };
  },
  $let: (operand, name) => {
    const source = namedOperand(operand, name, { required: ['vars', 'in'] });
    const vars = source['vars'];
    if (!isDoc(vars)) throw new MongoError(16874, 'invalid parameter: expected an object (vars)');
    const bindings = keysOf(vars).map((key) => [key, compileExpression(vars[key])] as const);
    const body = compileExpression(source['in']);
    return (scope) =>
      body(
        withVariables(
          scope,
          bindings.map(([key, bind]): [string, Maybe] => [key, bind(scope)]),
        ),
      );
  },
  $literal: (operand) => () => operand,
  $expr: (operand) => compileExpression(operand),
  $rand: () => () => Math.random(),
};
