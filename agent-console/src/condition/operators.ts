/** What a field holds; `any` is a trait, of which nobody said it. */
export type FieldType = 'number' | 'text' | 'boolean' | 'date' | 'list' | 'any';

/** The control that an operator's value is typed in. */
export type ValueKind =
  | 'none'
  | 'number'
  | 'range'
  | 'text'
  | 'yes-no'
  | 'date'
  | 'duration'
  | 'members'
  | 'scalar';

const WORDS = {
  eq: 'is',
  ne: 'is not',
  gte: 'is at least',
  gt: 'is more than',
  lte: 'is at most',
  lt: 'is less than',
  between: 'is between',
  in: 'is one of',
  notIn: 'is none of',
  contains: 'contains',
  containsAny: 'contains any of',
  containsAll: 'contains all of',
  containsNone: 'contains none of',
  withinLast: 'was in the last',
  olderThan: 'was longer ago than',
  withinNext: 'is in the next',
  exists: 'is known',
  missing: 'is not known',
} as const;
export type Operator = keyof typeof WORDS;

const KNOWN = ['exists', 'missing'] as const;
const ORDER = ['gte', 'gt', 'lte', 'lt'] as const;
const OF_TYPE: Readonly<Record<FieldType, readonly Operator[]>> = {
  number: [...ORDER, 'eq', 'ne', 'between', 'in', 'notIn', ...KNOWN],
  text: ['eq', 'ne', 'contains', 'in', 'notIn', ...KNOWN],
  boolean: ['eq', ...KNOWN],
  date: ['withinLast', 'olderThan', 'withinNext', 'gte', 'lt', ...KNOWN],
  list: ['contains', 'containsAny', 'containsAll', 'containsNone', ...KNOWN],
  any: [
    ...(['eq', 'ne', ...ORDER, 'in', 'notIn', 'contains', 'withinLast', 'olderThan', 'withinNext'] as const),
    ...KNOWN,
  ],
};

/** The operators a field takes, the usual one first. */
export function operatorsOf(type: FieldType): readonly Operator[] {
  return OF_TYPE[type];
}

/** `at least`, for dates `on or after`. */
export function operatorWords(op: Operator, type: FieldType): string {
  if (type === 'date' && op === 'gte') return 'is on or after';
  if (type === 'date' && op === 'lt') return 'is before';
  return WORDS[op];
}

export function isOperator(op: string): op is Operator {
  return Object.hasOwn(WORDS, op);
}

/** How the value of an operator is typed. */
export function valueKind(op: Operator, type: FieldType): ValueKind {
  switch (op) {
    case 'exists':
    case 'missing':
      return 'none';
    case 'between':
      return 'range';
    case 'in':
    case 'notIn':
    case 'containsAny':
    case 'containsAll':
    case 'containsNone':
      return 'members';
    case 'withinLast':
    case 'olderThan':
    case 'withinNext':
      return 'duration';
    case 'contains':
      return 'text';
    case 'eq':
    case 'ne':
    case 'gte':
    case 'gt':
    case 'lte':
    case 'lt':
      return plainKind(type);
  }
}

function plainKind(type: FieldType): ValueKind {
  switch (type) {
    case 'number':
      return 'number';
    case 'boolean':
      return 'yes-no';
    case 'date':
      return 'date';
    case 'text':
    case 'list':
      return 'text';
    case 'any':
      return 'scalar';
  }
}

/** What stands there first; undefined = no value belongs to it. */
export function freshValue(kind: ValueKind): unknown {
  switch (kind) {
    case 'none':
      return undefined;
    case 'number':
      return 1;
    case 'range':
      return [0, 1];
    case 'yes-no':
      return true;
    case 'duration':
      return '30d';
    case 'members':
      return [];
    case 'text':
    case 'date':
    case 'scalar':
      return '';
  }
}

/** The same field with another operator: its value stays where it can. */
export function withOperator(
  { op, value }: { op: string; value: unknown },
  next: Operator,
  type: FieldType,
): { op: Operator; value?: unknown } {
  const kind = valueKind(next, type);
  const same = isOperator(op) && valueKind(op, type) === kind;
  const kept = same ? value : freshValue(kind);
  return kept === undefined ? { op: next } : { op: next, value: kept };
}

/** As people write a number that is counted with; `0123` and `+44770` are names that happen to be digits. */
const NUMBER = /^-?(?:0|[1-9]\d{0,14})(?:\.\d+)?$/;

/** A text as the value it reads as: `18` is a number, `true` is yes, the rest stays text. */
export function scalarOf(text: string): string | number | boolean {
  const trimmed = text.trim();
  if (trimmed === 'true' || trimmed === 'false') return trimmed === 'true';
  return NUMBER.test(trimmed) ? Number(trimmed) : text;
}
