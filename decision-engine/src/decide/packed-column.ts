/**
 * One field of many candidates: a value for each, or one for all of them, or the few there are and which of them each has.
 * As JSON this is a fraction of the values written out.
 */
export type PackedColumn<Value> =
  | readonly Value[]
  | { readonly same: Value }
  | { readonly of: readonly Value[]; readonly at: readonly number[] };

/** Values that come this often on average are worth a list of their own. */
const OFTEN = 4;

/** @param values texts, numbers or null: what is equal if `===` says so */
export function packColumn<Value extends string | number | boolean | null>(
  values: readonly Value[],
): PackedColumn<Value> {
  const [first] = values;
  if (first !== undefined && values.every((value) => value === first)) return { same: first };
  const most = values.length / OFTEN;
  const of: Value[] = [];
  const at: number[] = [];
  for (const value of values) {
    const known = of.indexOf(value);
    if (known === -1 && of.length + 1 > most) return values;
    at.push(known === -1 ? of.push(value) - 1 : known);
  }
  return { of, at };
}

/**
 * The value at each of `count` places.
 * @throws RangeError where the column holds fewer
 */
export function unpackColumn<Value>(column: PackedColumn<Value>, count: number): readonly Value[] {
  if ('same' in column) return Array.from({ length: count }, () => column.same);
  const values = 'of' in column ? column.at.flatMap((place) => column.of.slice(place, place + 1)) : column;
  if (values.length !== count)
    throw new RangeError(`Expected ${count} candidates in every column, got ${values.length}`);
  return values;
}
