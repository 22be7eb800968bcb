import { valueText } from './compare.js';
import type { CompileTarget } from './compile-condition.js';
import type { Scalar } from './condition.js';
import type { FieldType } from './facts.js';
import type { ValueCondition } from './field-test.js';

/** Which field types an operator can work on. */
function typesOf(op: ValueCondition['op']): readonly FieldType[] {
  switch (op) {
    case 'eq':
    case 'ne':
    case 'in':
    case 'notIn':
      return ['number', 'text', 'boolean', 'date'];
    case 'lt':
    case 'lte':
    case 'gt':
    case 'gte':
      return ['number', 'date', 'text'];
    case 'between':
      return ['number'];
    case 'contains':
      return ['list', 'text'];
    case 'containsAny':
    case 'containsAll':
    case 'containsNone':
      return ['list'];
    case 'withinLast':
    case 'olderThan':
    case 'withinNext':
      return ['date', 'text'];
  }
}

function typeOfScalar(value: Scalar): FieldType {
  return typeof value === 'string' ? 'text' : typeof value === 'number' ? 'number' : 'boolean';
}

/** Adds a problem where the operator or the value doesn't fit the type of the field. */
export function checkFieldTypes(condition: ValueCondition, type: FieldType, target: CompileTarget): void {
  if (type === 'any') return;
  const allowed = typesOf(condition.op);
  if (!allowed.includes(type)) {
    target.problems.push({
      path: [...target.path, 'op'],
      expected: `an operator for a ${type} field ("${condition.field}"); "${condition.op}" takes ${allowed.join(' or ')}`,
      got: condition.op,
    });
    return;
  }
  if (
    condition.op === 'withinLast' ||
    condition.op === 'olderThan' ||
    condition.op === 'withinNext' ||
    type === 'list'
  )
    return;
  const { value } = condition;
  if (typeof value === 'object' && !Array.isArray(value) && 'field' in value) return;
  const values: readonly Scalar[] = Array.isArray(value) ? value : [value as Scalar];
  for (const one of values) checkScalar(one, type, target);
}

function checkScalar(value: Scalar, type: FieldType, target: CompileTarget): void {
  if (type === 'date') {
    if (typeof value === 'string' && !Number.isNaN(Date.parse(value))) return;
    target.problems.push({
      path: [...target.path, 'value'],
      expected: 'an ISO 8601 date',
      got: valueText(value),
    });
  } else if (typeOfScalar(value) !== type) {
    target.problems.push({
      path: [...target.path, 'value'],
      expected: `a ${type}, as the field is`,
      got: `${valueText(value)} (${typeof value})`,
    });
  }
}
