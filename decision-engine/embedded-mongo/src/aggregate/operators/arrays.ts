import { Doc, docOf, isDoc, keysOf, type Maybe, setKey, type Value } from '../../bson/value.js';
import { MongoError } from '../../errors.js';
import { isNumeric, toInteger, toNumber, toSafeInt, truthy } from '../../numeric/number.js';
import { compareValues } from '../../order/compare.js';
import { sortComparator } from '../../query/sort.js';
import { typeOf } from '../../query/type-names.js';
import { compileExpression, withVariables } from '../expression.js';
import { ANY, eager, isNullish, named, namedOperand, ONE, type OperatorTable, TWO } from './operator.js';

function arrayOf(value: Maybe, name: string, code = 28689): readonly Value[] {
  if (Array.isArray(value)) return value;
  throw new MongoError(code, `The argument to ${name} must be an array, but was of type: ${typeOf(value)}`);
}

function intOf(value: Maybe, name: string): number {
  const whole = toInteger(value);
  if (whole === undefined)
    throw new MongoError(
      28691,
      `${name}'s argument must be representable as a 32-bit integer: ${String(value)}`,
    );
  return Number(whole);
}

function firstLast(end: 'first' | 'last') {
  return eager(ONE, ([value], _scope, name) => {
    if (isNullish(value)) return null;
    return arrayOf(value, name).at(end === 'first' ? 0 : -1);
  });
}

function takeN(pick: (items: readonly Value[], n: number) => Value[]) {
  return named({ required: ['n', 'input'] }, ({ n, input }, _scope, name) => {
    if (isNullish(input)) return null;
    return pick(arrayOf(input, name), intOf(n, name));
  });
}

function slice([input, ...rest]: readonly Maybe[]): Maybe {
  if (isNullish(input) || rest.some(isNullish)) return null;
  const items = arrayOf(input, '$slice', 28724);
  const [first, count] = rest.map((value) => intOf(value, '$slice'));
  if (first === undefined) return null;
  if (count === undefined)
    return first >= 0 ? items.slice(0, first) : items.slice(Math.max(0, items.length + first));
  if (count <= 0) throw new MongoError(28729, `Third argument to $slice must be positive: ${count}`);
  const start = first >= 0 ? first : Math.max(0, items.length + first);
  return items.slice(start, start + count);
}

function range([start, end, step]: readonly Maybe[]): Maybe {
  const [from, to, by] = [
    intOf(start, '$range'),
    intOf(end, '$range'),
    step === undefined ? 1 : intOf(step, '$range'),
  ];
  if (by === 0) throw new MongoError(34449, '$range requires a non-zero step value');
  const items: Value[] = [];
  for (let i = from; by > 0 ? i < to : i > to; i += by) items.push(i);
  return items;
}

function entriesToDoc(value: Maybe): Maybe {
  if (isNullish(value)) return null;
  const doc = new Doc();
  for (const item of arrayOf(value, '$arrayToObject', 40386)) {
    if (Array.isArray(item)) setKey(doc, String(item[0]), item[1] ?? null);
    else if (isDoc(item)) setKey(doc, String(item['k']), item['v'] ?? null);
    else throw new MongoError(40398, 'Unrecognised input type format for $arrayToObject');
  }
  return doc;
}

export const arrays: OperatorTable = {
  $arrayElemAt: eager(TWO, ([value, at], _scope, name) => {
    if (isNullish(value) || isNullish(at)) return null;
    return arrayOf(value, name).at(intOf(at, name));
  }),
  $first: firstLast('first'),
  $last: firstLast('last'),
  $firstN: takeN((items, n) => items.slice(0, n)),
  $lastN: takeN((items, n) => items.slice(Math.max(0, items.length - n))),
  $maxN: takeN((items, n) =>
    items
      .filter((item) => item !== null)
      .sort((a, b) => compareValues(b, a))
      .slice(0, n),
  ),
  $minN: takeN((items, n) =>
    items
      .filter((item) => item !== null)
      .sort((a, b) => compareValues(a, b))
      .slice(0, n),
  ),
  $size: eager(ONE, ([value]) => {
    if (!Array.isArray(value))
      throw new MongoError(
        17124,
        `The argument to $size must be an array, but was of type: ${typeOf(value)}`,
      );
    return value.length;
  }),
  $isArray: eager(ONE, ([value]) => Array.isArray(value)),
  $in: eager(TWO, ([value, items], scope) => {
    if (!Array.isArray(items))
      throw new MongoError(40081, `$in requires an array as a second argument, found: ${typeOf(items)}`);
    return items.some((item) => compareValues(item, value, scope.text) === 0);
  }),
  $indexOfArray: eager([2, 4], ([items, value, start, end], scope, name) => {
    if (isNullish(items)) return null;
    const all = arrayOf(items, name, 40090);
    const stop = end === undefined ? all.length : Math.min(all.length, intOf(end, name));
    for (let i = start === undefined ? 0 : intOf(start, name); i < stop; i++) {
      if (compareValues(all[i], value, scope.text) === 0) return i;
    }
    return -1;
  }),
  $concatArrays: eager(ANY, (values, _scope, name) => {
    const all: Value[] = [];
    for (const value of values) {
      if (isNullish(value)) return null;
      all.push(...arrayOf(value, name, 28664));
    }
    return all;
  }),
  $reverseArray: eager(ONE, ([value], _scope, name) =>
    isNullish(value) ? null : [...arrayOf(value, name, 34435)].reverse(),
  ),
  $slice: eager([2, 3], (values) => slice(values)),
  $range: eager([2, 3], (values) => range(values)),
  $arrayToObject: eager(ONE, ([value]) => entriesToDoc(value)),
  $objectToArray: eager(ONE, ([value]) => {
    if (isNullish(value)) return null;
    if (!isDoc(value))
      throw new MongoError(40390, `$objectToArray requires a document input, found: ${typeOf(value)}`);
    return keysOf(value).map((key) =>
      docOf([
        ['k', key],
        ['v', value[key]],
      ]),
    );
  }),
  $zip: named(
    { required: ['inputs'], optional: ['useLongestLength', 'defaults'] },
    ({ inputs, useLongestLength, defaults }) => {
      if (!Array.isArray(inputs)) throw new MongoError(34461, 'inputs must be an array of expressions');
      if (inputs.some(isNullish)) return null;
      const columns = inputs.map((item) => arrayOf(item, '$zip', 34468));
      const lengths = columns.map((column) => column.length);
      const length = useLongestLength === true ? Math.max(...lengths) : Math.min(...lengths);
      const fallback = Array.isArray(defaults) ? defaults : [];
      return Array.from({ length }, (_, row) =>
        columns.map((column, i) => column[row] ?? fallback[i] ?? null),
      );
    },
  ),
  $sortArray: named({ required: ['input', 'sortBy'] }, ({ input, sortBy }, scope, name) => {
    if (isNullish(input)) return null;
    const items = [...arrayOf(input, name, 2942504)];
    if (isNumeric(sortBy)) return items.sort((a, b) => compareValues(a, b, scope.text) * toNumber(sortBy));
    if (!isDoc(sortBy)) throw new MongoError(2942505, 'The $sort element value must be either 1 or -1');
    const order = sortComparator(sortBy, scope.text);
    return items.sort((a, b) => (isDoc(a) && isDoc(b) ? order(a, b) : compareValues(a, b)));
  }),
  $map: (operand, name) => {
    const source = namedOperand(operand, name, { required: ['input', 'in'], optional: ['as'] });
    const [input, body] = [compileExpression(source['input']), compileExpression(source['in'])];
    const as = String(source['as'] ?? 'this');
    return (scope) => {
      const items = input(scope);
      if (isNullish(items)) return null;
      return arrayOf(items, name, 16883).map((item) => body(withVariables(scope, [[as, item]])) ?? null);
    };
  },
  $filter: (operand, name) => {
    const source = namedOperand(operand, name, { required: ['input', 'cond'], optional: ['as', 'limit'] });
    const [input, test, limit] = [source['input'], source['cond'], source['limit']].map((part) =>
      compileExpression(part),
    );
    const as = String(source['as'] ?? 'this');
    return (scope) => {
      const items = input?.(scope);
      if (isNullish(items)) return null;
      const kept = arrayOf(items, name, 28651).filter((item) =>
        truthy(test?.(withVariables(scope, [[as, item]]))),
      );
      return kept.slice(0, toSafeInt(limit?.(scope)) ?? kept.length);
    };
  },
  $reduce: (operand, name) => {
    const source = namedOperand(operand, name, { required: ['input', 'initialValue', 'in'] });
    const [input, initial, body] = [source['input'], source['initialValue'], source['in']].map((part) =>
      compileExpression(part),
    );
    return (scope) => {
      const items = input?.(scope);
      if (isNullish(items)) return null;
      let value = initial?.(scope);
      for (const item of arrayOf(items, name, 40080))
        value = body?.(
          withVariables(scope, [
            ['this', item],
            ['value', value],
          ]),
        );
      return value;
    };
  },
};
