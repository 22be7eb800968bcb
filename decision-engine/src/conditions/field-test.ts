import { durationToMs } from '../catalogue/duration.js';
import { compareValues, comparisonWords, type Truth, truth, valueText } from './compare.js';
import type { FieldCondition, Scalar } from './condition.js';
import type { FieldValue } from './facts.js';

/** A comparison of one known value, and what it wants in words. */
type FieldTest = {
  readonly holds: (value: FieldValue, other: FieldValue | undefined, now: number) => Truth;
  readonly wanted: string;
};

export type ValueCondition = Exclude<FieldCondition, { readonly op: 'exists' } | { readonly op: 'missing' }>;

/** Picks the comparison once, so that running it parses nothing. */
export function compileFieldTest(condition: ValueCondition): FieldTest {
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
): FieldTest {
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

function compileDateTest(op: 'withinLast' | 'olderThan' | 'withinNext', duration: string): FieldTest {
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
