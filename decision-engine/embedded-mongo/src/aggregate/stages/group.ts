import { docOf, isDoc, keysOf, type Maybe, setKey, type Value } from '../../bson/value.js';
import { MongoError } from '../../errors.js';
import { double, isNumeric, toInteger, toNumber } from '../../numeric/number.js';
import { compareValues } from '../../order/compare.js';
import { encodeKey } from '../../order/encode-key.js';
import { sortComparator } from '../../query/sort.js';
import { type Accumulator, newAccumulator } from '../accumulators.js';
import { compileExpression, type Expression, type Scope } from '../expression.js';
import { PAUSE, type PipelineContext, type Stage, scopeOf } from '../flow.js';
import { docOperand, type StageCompiler } from './compiler.js';

/** A field of `$group`: how to start it and what to feed it. */
export interface GroupField {
  readonly name: string;
  start(): { add(scope: Scope): void; result(): Maybe };
}

/** Reads `{ field: { $accumulator: expression } }`. @throws MongoError 40234, 15952 and others. */
export function groupField(name: string, spec: Maybe): GroupField {
  if (!isDoc(spec)) throw new MongoError(40234, `The field '${name}' must be an accumulator object`);
  const [operator = '', ...more] = keysOf(spec);
  if (more.length > 0) throw new MongoError(40238, `The field '${name}' must specify one accumulator`);
  if (name.includes('.')) throw new MongoError(40235, `The field name '${name}' cannot contain '.'`);
  if (!operator.startsWith('$'))
    throw new MongoError(40234, `The field '${name}' must be an accumulator object`);
  const operand = spec[operator] ?? null;
  if (SEVERAL[operator]) return several(name, operator, operand);
  if (operator === '$median' || operator === '$percentile') return percentiles(name, operator, operand);
  newAccumulator(operator);
  const expression: Expression = operator === '$count' ? () => 1 : compileExpression(operand);
  return {
    name,
    start: () => {
      const accumulator: Accumulator = newAccumulator(operator);
      return { add: (scope) => accumulator.add(expression(scope)), result: () => accumulator.result() };
    },
  };
}

/** Accumulators that keep n values or sort: [sorted, takes from the end, one instead of n]. */
const SEVERAL: Readonly<Record<string, { by: 'order' | 'value' | 'sort'; end?: boolean; one?: boolean }>> = {
  $firstN: { by: 'order' },
  $lastN: { by: 'order', end: true },
  $minN: { by: 'value' },
  $maxN: { by: 'value', end: true },
  $top: { by: 'sort', one: true },
  $topN: { by: 'sort' },
  $bottom: { by: 'sort', one: true, end: true },
  $bottomN: { by: 'sort', end: true },
};

function several(name: string, operator: string, operand: Value): GroupField {
  const spec = docOperand(operand, operator, 5787801);
  const kind = SEVERAL[operator];
  const value = compileExpression(kind?.by === 'sort' ? spec['output'] : spec['input']);
  const sortBy = isDoc(spec['sortBy']) ? sortComparator(spec['sortBy']) : undefined;
  const limit = compileExpression(spec['n']);
  return {
    name,
    start: () => {
      const kept: { doc: Maybe; value: Value }[] = [];
      let n = 1;
      return {
        add: (scope) => {
          const item = value(scope);
          if (!kind?.one) n = Number(toInteger(limit(scope)) ?? 1n);
          if (kind?.by !== 'value' || (item !== undefined && item !== null))
            kept.push({ doc: scope.root, value: item ?? null });
        },
        result: () => {
          if (kind?.by === 'value')
            kept.sort((a, b) => compareValues(a.value, b.value) * (kind.end ? -1 : 1));
          else if (sortBy) kept.sort((a, b) => (isDoc(a.doc) && isDoc(b.doc) ? sortBy(a.doc, b.doc) : 0));
          const values = kept.map((entry) => entry.value);
          if (kind?.one) return values.at(kind.end ? -1 : 0);
          return kind?.end && kind.by !== 'value' ? values.slice(-n) : values.slice(0, n);
        },
      };
    },
  };
}

/** `$percentile` and `$median`: the value below or at which a share of the numbers lies, exact whatever the method. */
function percentiles(name: string, operator: '$median' | '$percentile', operand: Value): GroupField {
  const spec = docOperand(operand, operator, 7429703);
  if (spec['method'] !== 'approximate')
    throw new MongoError('BadValue', `Currently only 'approximate' can be used as percentile 'method'.`);
  const shares = operator === '$median' ? [0.5] : spec['p'];
  if (!Array.isArray(shares) || shares.length === 0 || !shares.every(isShare))
    throw new MongoError(7750301, "The $percentile 'p' field must be an array of numbers from 0 to 1");
  const input = compileExpression(spec['input']);
  return {
    name,
    start: () => {
      const numbers: number[] = [];
      return {
        add: (scope) => {
          const value = input(scope);
          if (isNumeric(value)) numbers.push(toNumber(value));
        },
        result: () => {
          numbers.sort((a, b) => a - b);
          const found = shares.filter(isNumeric).map((share): Value => {
            const value = numbers[Math.max(0, Math.ceil(numbers.length * toNumber(share)) - 1)];
            return value === undefined ? null : double(value);
          });
          return operator === '$median' ? found[0] : found;
        },
      };
    },
  };
}

function isShare(value: Value): boolean {
  return isNumeric(value) && toNumber(value) >= 0 && toNumber(value) <= 1;
}

export const groupStage: StageCompiler = (operand, context) => {
  const spec = docOperand(operand, "a group's fields", 15947);
  if (spec['_id'] === undefined) throw new MongoError(15955, 'a group specification must include an _id');
  const id = compileExpression(spec['_id']);
  const fields = keysOf(spec)
    .filter((key) => key !== '_id')
    .map((key) => groupField(key, spec[key]));
  return grouping(id, fields, context);
};

/** The same for values that are equal, whatever their number types; small integers stand for themselves. */
function groupKey(value: Value): string | number {
  if (typeof value === 'string') return `s${value}`;
  if (typeof value === 'number' && (value | 0) === value) return value + 0;
  const bytes = encodeKey(value);
  const small = isNumeric(value) ? toNumber(value) | 0 : undefined;
  return small !== undefined && encodeKey(small).equals(bytes) ? small : `k${bytes.toString('latin1')}`;
}

/** Groups by the value of `id`, in the order in which the groups appear. */
export function grouping(id: Expression, fields: readonly GroupField[], context: PipelineContext): Stage {
  return function* (input) {
    const groups = new Map<string | number, { id: Value; parts: ReturnType<GroupField['start']>[] }>();
    for (const item of input) {
      if (item === PAUSE) {
        yield PAUSE;
        continue;
      }
      const scope = scopeOf(item, context);
      const value = id(scope) ?? null;
      const key = groupKey(value);
      let group = groups.get(key);
      if (!group) {
        group = { id: value, parts: fields.map((field) => field.start()) };
        groups.set(key, group);
      }
      for (const part of group.parts) part.add(scope);
    }
    for (const group of groups.values()) {
      const result = docOf([['_id', group.id]]);
      fields.forEach((field, i) => {
        const value = group.parts[i]?.result();
        setKey(result, field.name, value ?? null);
      });
      yield result;
    }
  };
}
