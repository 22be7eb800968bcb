import { durationToMs } from '../catalogue/duration.js';
import { compareValues, comparisonWords, type Truth, truth, valueText } from './compare.js';
import type { CompiledCondition, CompileTarget } from './compile-condition.js';
import type { FieldCondition, FieldOperand, Scalar } from './condition.js';
import type { FieldReader, FieldType, FieldValue } from './facts.js';
import { type Field, findField } from './profile-schema.js';

type Test = {
  readonly holds: (value: FieldValue, other: FieldValue | undefined, now: number) => Truth;
  readonly wanted: string;
};

const NEVER_KNOWN: Field = { type: 'any', read: () => undefined };

/** Compiles one comparison; type errors go to `target.problems`. */
export function compileField(condition: FieldCondition, target: CompileTarget): CompiledCondition {
  const field = lookUp(condition.field, target, 'field');
  const label = condition.field;
  if (condition.op === 'exists' || condition.op === 'missing')
    return compilePresence(label, field.read, condition.op);
  checkTypes(condition, field.type, target);
  const operand = fieldOperand(condition);
  const other = operand === undefined ? undefined : compileOperand(operand, target);
  const { holds, wanted } = compileTest(condition);
  return {
    test: (facts) => {
      const value = field.read(facts);
      const compared = other?.(facts);
      if (value === undefined || (other !== undefined && compared === undefined)) return 'unknown';
      return holds(value, compared, facts.now);
    },
    explain: (facts) => {
      const goal =
        operand === undefined ? wanted : `${wanted}${operandText(operand)} (${valueText(other?.(facts))})`;
      return `${label} is ${valueText(field.read(facts))}, wanted ${goal}`;
    },
    collect: (facts, into) => {
      into[label] = recordable(field.read(facts));
      if (operand !== undefined) into[operand.field] = recordable(other?.(facts));
    },
  };
}

function recordable(value: FieldValue | undefined): string | number | boolean | null {
  if (value === undefined) return null;
  return typeof value === 'object' ? valueText(value) : value;
}

function lookUp(path: string, target: CompileTarget, ...steps: string[]): Field {
  const found = findField(path, target.schema);
  if (found.ok) return found.field;
  target.problems.push({ path: [...target.path, ...steps], expected: found.expected, got: path });
  return NEVER_KNOWN;
}

function compilePresence(label: string, read: FieldReader, op: 'exists' | 'missing'): CompiledCondition {
  return {
    test: (facts) => truth((read(facts) !== undefined) === (op === 'exists')),
    explain: (facts) =>
      `${label} is ${valueText(read(facts))}, wanted ${op === 'exists' ? 'any value' : 'none'}`,
    collect: (facts, into) => {
      into[label] = recordable(read(facts));
    },
  };
}

function fieldOperand(condition: FieldCondition): FieldOperand | undefined {
  if (!('value' in condition)) return undefined;
  const { value } = condition;
  return typeof value === 'object' && !Array.isArray(value) && 'field' in value ? value : undefined;
}

function operandText(operand: FieldOperand): string {
  return operand.times === undefined ? operand.field : `${operand.times} x ${operand.field}`;
}

function compileOperand(operand: FieldOperand, target: CompileTarget): FieldReader {
  const field = lookUp(operand.field, target, 'value', 'field');
  const { times } = operand;
  if (times === undefined) return field.read;
  if (field.type !== 'number' && field.type !== 'any') {
    target.problems.push({
      path: [...target.path, 'value', 'times'],
      expected: `a number field for "times"`,
      got: field.type,
    });
  }
  return (facts) => {
    const value = field.read(facts);
    return typeof value === 'number' ? value * times : undefined;
  };
}

type ValueCondition = Exclude<FieldCondition, { readonly op: 'exists' } | { readonly op: 'missing' }>;

function compileTest(condition: ValueCondition): Test {
  switch (condition.op) {
    case 'eq':
    case 'ne':
    case 'lt':
    case 'lte':
    case 'gt':
    case 'gte': {
      const { op, value } = condition;
      const words = comparisonWords(op);
      if (typeof value === 'object')
        return {
          wanted: words,
          holds: (left, right) => (right === undefined ? 'unknown' : compareValues(left, op, right)),
        };
      return { wanted: `${words}${valueText(value)}`, holds: (left) => compareValues(left, op, value) };
    }
    case 'between': {
      const [low, high] = condition.value;
      return {
        wanted: `between ${low} and ${high}`,
        holds: (left) => (typeof left === 'number' ? truth(left >= low && left <= high) : 'unknown'),
      };
    }
    case 'in':
    case 'notIn': {
      const members = new Set<FieldValue>(condition.value);
      const inside = condition.op === 'in';
      return {
        wanted: `${inside ? 'one of' : 'none of'} ${valueText(condition.value)}`,
        holds: (left) => truth(members.has(left) === inside),
      };
    }
    case 'contains': {
      const { value } = condition;
      return { wanted: `something with ${valueText(value)}`, holds: (left) => containsOne(left, value) };
    }
    case 'containsAny':
    case 'containsAll':
    case 'containsNone':
      return compileListTest(condition.op, condition.value);
    case 'withinLast':
    case 'olderThan':
    case 'withinNext':
      return compileDateTest(condition.op, condition.value);
  }
}

function containsOne(left: FieldValue, value: Scalar): Truth {
  if (typeof left === 'string') return truth(left.toLowerCase().includes(String(value).toLowerCase()));
  return Array.isArray(left) ? truth(left.includes(value)) : 'unknown';
}

function compileListTest(
  op: 'containsAny' | 'containsAll' | 'containsNone',
  values: readonly Scalar[],
): Test {
  const words = { containsAny: 'any of', containsAll: 'all of', containsNone: 'none of' }[op];
  return {
    wanted: `${words} ${valueText(values)}`,
    holds: (left) => {
      if (!Array.isArray(left)) return 'unknown';
      const has = (value: Scalar): boolean => left.includes(value);
      if (op === 'containsAll') return truth(values.every(has));
      return truth(values.some(has) === (op === 'containsAny'));
    },
  };
}

function compileDateTest(op: 'withinLast' | 'olderThan' | 'withinNext', duration: string): Test {
  const span = durationToMs(duration);
  const words = { withinLast: 'in the last', olderThan: 'longer ago than', withinNext: 'in the next' }[op];
  return {
    wanted: `${words} ${duration}`,
    holds: (left, _other, now) => {
      const at =
        left instanceof Date ? left.getTime() : typeof left === 'string' ? Date.parse(left) : Number.NaN;
      if (Number.isNaN(at)) return 'unknown';
      if (op === 'withinLast') return truth(at > now - span && at <= now);
      if (op === 'olderThan') return truth(at <= now - span);
      return truth(at > now && at <= now + span);
    },
  };
}

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

function checkTypes(condition: ValueCondition, type: FieldType, target: CompileTarget): void {
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
