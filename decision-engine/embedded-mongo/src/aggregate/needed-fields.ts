import { type Doc, isDoc, keysOf, type Maybe } from '../bson/value.js';
import { stageOf } from './pipeline.js';

/** Operators that name fields by value, or hand the whole document over. */
const WHOLE = new Set([
  '$getField',
  '$setField',
  '$unsetField',
  '$meta',
  '$top',
  '$topN',
  '$bottom',
  '$bottomN',
]);

/**
 * The top-level fields of its input that a pipeline can look at, so that only they are decoded; undefined where that
 * is not plain. Errs on the side of undefined.
 */
export function neededFields(stages: readonly Doc[]): ReadonlySet<string> | undefined {
  const found = new Set<string>();
  for (const stage of stages) {
    const [name, operand] = stageOf(stage);
    const last = LAST[name];
    if (last) return last(operand, found) ? found : undefined;
    if (name === '$limit' || name === '$skip') continue;
    if (name === '$match' && filterFields(operand, found)) continue;
    if (name === '$sort' && isDoc(operand)) {
      for (const path of keysOf(operand)) found.add(top(path));
      continue;
    }
    return undefined;
  }
  return undefined;
}

/** The stages after which nothing else of their input is left. */
const LAST: Readonly<Record<string, (operand: Maybe, found: Set<string>) => boolean>> = {
  $count: () => true,
  $group: expressionFields,
  $sortByCount: expressionFields,
};

function top(path: string): string {
  const dot = path.indexOf('.');
  return dot < 0 ? path : path.slice(0, dot);
}

function expressionFields(source: Maybe, found: Set<string>): boolean {
  if (typeof source === 'string') {
    if (!source.startsWith('$')) return true;
    if (!source.startsWith('$$')) found.add(top(source.slice(1)));
    const [variable = '', field] = source.slice(2).split('.');
    if (!source.startsWith('$$') || (variable !== 'ROOT' && variable !== 'CURRENT')) return true;
    if (field !== undefined) found.add(field);
    return field !== undefined;
  }
  if (Array.isArray(source)) return source.every((item) => expressionFields(item, found));
  if (!isDoc(source)) return true;
  return keysOf(source).every(
    (key) => key === '$literal' || (!WHOLE.has(key) && expressionFields(source[key], found)),
  );
}

function filterFields(filter: Maybe, found: Set<string>): boolean {
  if (!isDoc(filter)) return false;
  return keysOf(filter).every((key) => {
    if (!key.startsWith('$')) {
      found.add(top(key));
      return true;
    }
    const operand = filter[key];
    if (key === '$comment') return true;
    if (key === '$expr') return expressionFields(operand, found);
    return (
      (key === '$and' || key === '$or' || key === '$nor') &&
      Array.isArray(operand) &&
      operand.every((item) => filterFields(item, found))
    );
  });
}
