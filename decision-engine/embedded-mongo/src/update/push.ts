import { Doc, isDoc, keysOf, type Value } from '../bson/value.js';
import { MongoError } from '../errors.js';
import { isNumeric, toInteger, toNumber } from '../numeric/number.js';
import { compareValues } from '../order/compare.js';
import { sortComparator } from '../query/sort.js';

const MODIFIERS = ['$each', '$slice', '$sort', '$position'];

/** The array after `$push`, with its modifiers. @throws MongoError BadValue (2) */
export function pushed(items: readonly Value[], operand: Value): Value[] {
  if (!isDoc(operand) || operand['$each'] === undefined) return [...items, operand];
  for (const key of keysOf(operand)) {
    if (!MODIFIERS.includes(key)) throw new MongoError('BadValue', `Unrecognized clause in $push: ${key}`);
  }
  const each = operand['$each'];
  if (!Array.isArray(each))
    throw new MongoError('BadValue', 'The argument to $each in $push must be an array');
  const result = [...items];
  const at = operand['$position'] === undefined ? result.length : whole(operand['$position'], '$position');
  result.splice(at, 0, ...each);
  const sorted = operand['$sort'] === undefined ? result : sortItems(result, operand['$sort']);
  if (operand['$slice'] === undefined) return sorted;
  const slice = whole(operand['$slice'], '$slice');
  return slice === 0 ? [] : slice > 0 ? sorted.slice(0, slice) : sorted.slice(slice);
}

function whole(value: Value, name: string): number {
  const number = toInteger(value);
  if (number === undefined) {
    throw new MongoError(
      'BadValue',
      `The value for ${name} must be an integer value but was given type: ${typeof value}`,
    );
  }
  return Number(number);
}

function sortItems(items: Value[], order: Value): Value[] {
  if (isNumeric(order)) {
    const sign = toNumber(order);
    if (sign !== 1 && sign !== -1)
      throw new MongoError('BadValue', 'The $sort element value must be either 1 or -1');
    return items.sort((a, b) => compareValues(a, b) * sign);
  }
  if (!isDoc(order))
    throw new MongoError(
      'BadValue',
      'The $sort is invalid: use 1/-1 to sort the whole element, or {field:1/-1} to sort embedded fields',
    );
  const compare = sortComparator(order);
  const empty = new Doc();
  return items.sort((a, b) => compare(isDoc(a) ? a : empty, isDoc(b) ? b : empty));
}
