import { isDoc, type Maybe, type Value } from '../bson/value.js';
import { MongoError } from '../errors.js';
import { arrayPosition } from '../query/path.js';

interface Cursor {
  readonly value: Maybe;
  readonly parts: readonly string[];
  /** The position of the path in the index. */
  readonly field: number;
}

interface State {
  absent: boolean;
  arrays: number;
}

/** What an index holds for one document. */
export interface IndexedValues {
  /** One tuple of values per key; `undefined` inside stands for an empty array. */
  readonly tuples: Maybe[][];
  /** Bit i is set where an array lies on path i. */
  readonly arrays: number;
  /** None of the fields is there (sparse indexes leave the document out). */
  readonly absent: boolean;
}

/**
 * The values a document has under the paths of an index. Arrays are expanded; only one array may lie on the paths.
 * A missing field is null.
 * @throws MongoError CannotIndexParallelArrays (171)
 */
export function indexedValues(root: Value, paths: readonly (readonly string[])[]): IndexedValues {
  const state: State = { absent: true, arrays: 0 };
  const tuples = expand(
    paths.map((parts, field) => ({ value: root, parts, field })),
    state,
  );
  return { tuples, ...state };
}

function expand(cursors: readonly Cursor[], state: State): Maybe[][] {
  const reached = cursors.map(descend);
  let array: readonly Value[] | undefined;
  for (const { value } of reached) {
    if (!Array.isArray(value)) continue;
    if (array && array !== value)
      throw new MongoError('CannotIndexParallelArrays', 'cannot index parallel arrays');
    array = value;
  }
  if (!array) {
    for (const { value } of reached) if (value !== undefined) state.absent = false;
    return [reached.map(({ value }) => (value === undefined ? null : value))];
  }
  const whole = array;
  for (const { value, field } of reached) if (value === whole) state.arrays |= 1 << field;
  if (whole.length === 0) {
    for (const { value, parts } of reached) {
      if (value !== undefined && (value !== whole || parts.length === 0)) state.absent = false;
    }
    return [
      reached.map(({ value, parts }) =>
        value === whole ? (parts.length === 0 ? undefined : null) : (value ?? null),
      ),
    ];
  }
  const tuples: Maybe[][] = [];
  for (const item of whole) {
    const inner = reached.map((cursor) => {
      if (cursor.value !== whole) return { value: new Fixed(cursor.value), parts: [], field: cursor.field };
      if (cursor.parts.length === 0) return { value: new Fixed(item), parts: [], field: cursor.field };
      return { value: isDoc(item) ? item : undefined, parts: cursor.parts, field: cursor.field };
    });
    tuples.push(...expandFixed(inner, state));
  }
  return tuples;
}

/** A value that is not looked into any further. */
class Fixed {
  constructor(readonly value: Maybe) {}
}

function expandFixed(
  cursors: readonly { value: Maybe | Fixed; parts: readonly string[]; field: number }[],
  state: State,
): Maybe[][] {
  const open: Cursor[] = [];
  for (const { value, parts, field } of cursors)
    if (!(value instanceof Fixed)) open.push({ value, parts, field });
  for (const { value } of cursors)
    if (value instanceof Fixed && value.value !== undefined) state.absent = false;
  const rows = open.length === 0 ? [[]] : expand(open, state);
  return rows.map((row) => {
    let next = 0;
    return cursors.map(({ value }) => (value instanceof Fixed ? (value.value ?? null) : row[next++]));
  });
}

/** Follows documents and array positions up to the end of the path or the first array to expand. */
function descend({ value, parts, field }: Cursor): Cursor {
  let current = value;
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i];
    if (part === undefined) break;
    if (isDoc(current)) current = current[part];
    else if (Array.isArray(current)) {
      const position = arrayPosition(part);
      const item = position === undefined ? undefined : current[position];
      if (item === undefined) return { value: current, parts: parts.slice(i), field };
      current = item;
    } else return { value: undefined, parts: [], field };
  }
  return { value: current, parts: [], field };
}
