import { BSONRegExp } from 'bson';
import { isDoc, type Value } from '../bson/value.js';
import { equalValues } from '../order/compare.js';
import { compileFilter, filterContext } from '../query/compile-filter.js';
import { elementTest, fieldNodes, isOperators } from '../query/field-conditions.js';

/** Which elements `$pull` removes: equal values, elements under a condition, or documents that match a filter. */
export function pullTest(operand: Value): (item: Value) => boolean {
  if (isOperators(operand) || operand instanceof BSONRegExp) {
    const nodes = fieldNodes({ path: '', parts: [] }, operand, filterContext({}));
    const tests = nodes.map(elementTest);
    return (item) => tests.every((test) => test(item));
  }
  if (isDoc(operand)) {
    const matcher = compileFilter(operand);
    return (item) => isDoc(item) && matcher.test(item);
  }
  return (item) => equalValues(item, operand);
}
