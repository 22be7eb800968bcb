import { isDoc, type Maybe, type Value } from '../bson/value.js';

const cache = new Map<string, readonly string[]>();

/** The names in a dotted path. */
export function splitPath(path: string): readonly string[] {
  const known = cache.get(path);
  if (known) return known;
  const parts = path.split('.');
  if (cache.size > 10_000) cache.clear();
  cache.set(path, parts);
  return parts;
}

/** Whether a path part addresses an array element. */
export function arrayPosition(part: string): number | undefined {
  const first = part.charCodeAt(0);
  if (!(first >= 48 && first <= 57)) return undefined;
  if (part.length > 1 && first === 48) return undefined;
  const position = Number(part);
  return Number.isSafeInteger(position) ? position : undefined;
}

/** Handed each value that a path leads to; returning true ends the walk. */
export type Visit = (value: Maybe) => boolean;

/**
 * Visits every value that a query path leads to, as MongoDB's matcher does: arrays on the way are expanded (and also
 * indexed where the part is a number), the value at the end is handed over as it is. An array without documents on
 * the way leads nowhere: nothing is visited. Says whether a visit returned true.
 */
export function visitPath(root: Maybe, parts: readonly string[], visit: Visit): boolean {
  return step({ parts, visit }, root, 0);
}

interface Walk {
  readonly parts: readonly string[];
  readonly visit: Visit;
}

function step(walk: Walk, value: Maybe, at: number): boolean {
  const part = walk.parts[at];
  if (part === undefined) return walk.visit(value);
  if (isDoc(value)) return step(walk, value[part], at + 1);
  if (!Array.isArray(value)) return walk.visit(undefined);
  const position = arrayPosition(part);
  if (position !== undefined) {
    const item: Maybe = value[position];
    if (item !== undefined && step(walk, item, at + 1)) return true;
  }
  return value.some((item: Value) => isDoc(item) && step(walk, item, at));
}

/** The value at a path without expanding arrays (numbers index them). */
export function valueAt(root: Maybe, parts: readonly string[]): Maybe {
  let value = root;
  for (const part of parts) {
    if (isDoc(value)) value = value[part];
    else if (Array.isArray(value)) {
      const position = arrayPosition(part);
      value = position === undefined ? undefined : value[position];
    } else return undefined;
  }
  return value;
}
