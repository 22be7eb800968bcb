import { newAccumulator } from '../accumulators.js';
import { compileExpression } from '../expression.js';
import { arithmetic } from './arithmetic.js';
import { arrays } from './arrays.js';
import { dates } from './dates.js';
import { mingoOperators } from './from-mingo.js';
import { logic } from './logic.js';
import { objects } from './objects.js';
import type { Operator } from './operator.js';
import { strings } from './strings.js';
import { types } from './types.js';

const tables = [arithmetic, arrays, dates, logic, objects, strings, types];
let table: Map<string, Operator> | undefined;

/** Every expression operator. Filled on first use: operators and expressions refer to one another. */
export const operators = {
  get(name: string): Operator | undefined {
    table ??= new Map([...mingoOperators, ...tables.flatMap((part) => Object.entries(part))]);
    return table.get(name) ?? (accumulating.has(name) ? overArray(name) : undefined);
  },
};

const accumulating = new Set(['$sum', '$avg', '$min', '$max', '$stdDevPop', '$stdDevSamp']);

/** `$sum`, `$avg`, … outside `$group`: over their arguments, or over one argument that is an array. */
function overArray(name: string): Operator {
  return (operand) => {
    const several = Array.isArray(operand) && operand.length !== 1;
    const args = (Array.isArray(operand) ? operand : [operand]).map((item) => compileExpression(item));
    return (scope) => {
      const values = args.map((arg) => arg(scope));
      const [first] = values;
      const accumulator = newAccumulator(name);
      for (const value of !several && Array.isArray(first) ? first : values) accumulator.add(value);
      return accumulator.result();
    };
  };
}
