import { Context, evalExpr, ProcessingMode } from 'mingo/core';
import * as expressions from 'mingo/operators/expression';
import type { Options } from 'mingo/types';
import { isDoc, keysOf, type Maybe, type Value } from '../../bson/value.js';
import { MongoError } from '../../errors.js';
import { compileExpression, type Expression } from '../expression.js';
import { fromMingo, toMingo } from '../mingo-values.js';
import type { Operator } from './operator.js';

const context = Context.init({ expression: { ...expressions } as never });
const MINGO: Options = {
  context,
  idKey: '_id',
  processingMode: ProcessingMode.CLONE_OFF,
  useStrictMode: true,
  scriptEnabled: false,
  failOnError: true,
};

/** The operators that are mingo's: arguments are evaluated by us, so that types and paths are MongoDB's. */
const NAMES = [
  '$dateDiff',
  '$dateFromParts',
  '$dateFromString',
  '$dateToParts',
  '$dateToString',
  '$dateTrunc',
  '$dayOfMonth',
  '$dayOfWeek',
  '$dayOfYear',
  '$hour',
  '$isoDayOfWeek',
  '$isoWeek',
  '$isoWeekYear',
  '$millisecond',
  '$minute',
  '$month',
  '$second',
  '$week',
  '$year',
  '$acos',
  '$acosh',
  '$asin',
  '$asinh',
  '$atan',
  '$atan2',
  '$atanh',
  '$cos',
  '$cosh',
  '$degreesToRadians',
  '$radiansToDegrees',
  '$sin',
  '$sinh',
  '$tan',
  '$tanh',
  '$bitAnd',
  '$bitNot',
  '$bitOr',
  '$bitXor',
  '$median',
  '$percentile',
  '$sigmoid',
] as const;

export const mingoOperators = new Map<string, Operator>(NAMES.map((name) => [name, operator(name)]));

function operator(name: string): Operator {
  return (operand) => {
    const args = evaluated(operand);
    return (scope) => {
      try {
        return fromMingo(evalExpr({}, { [name]: args(scope) }, MINGO));
      } catch (fault) {
        if (fault instanceof MongoError) throw fault;
        throw new MongoError(
          'BadValue',
          `${name}: ${fault instanceof Error ? fault.message : String(fault)}`,
        );
      }
    };
  };
}

/** The operand with each argument evaluated and marked as a literal. */
function evaluated(operand: Value): (scope: Parameters<Expression>[0]) => unknown {
  if (Array.isArray(operand)) {
    const items = operand.map((item) => compileExpression(item));
    return (scope) => items.map((item) => literal(item(scope)));
  }
  if (isDoc(operand) && !keysOf(operand)[0]?.startsWith('$')) {
    const fields = keysOf(operand).map((key) => [key, compileExpression(operand[key])] as const);
    return (scope) => Object.fromEntries(fields.map(([key, field]) => [key, literal(field(scope))]));
  }
  const only = compileExpression(operand);
  return (scope) => literal(only(scope));
}

function literal(value: Maybe): unknown {
  return typeof value === 'string' || typeof value === 'object'
    ? { $literal: toMingo(value ?? null) }
    : toMingo(value ?? null);
}
