import { createTable, type Table } from '../tables/table.js';
import { FEATURES } from './feature-set.js';

/** Places of the features in FEATURES, by name. */
export const FEATURE_INDEX: ReadonlyMap<string, number> = new Map(
  FEATURES.map(({ name }, index) => [name, index]),
);

/** One customer's features as a table of one row. @throws Error where the number of values is another */
export function customerRow(values: Float64Array): Table {
  const checked = checkedValues(values);
  return createTable(
    FEATURES.map(({ name }, index) => ({
      kind: 'numeric',
      name,
      values: checked.subarray(index, index + 1),
    })),
  );
}

/** @throws Error where the number of values is not that of FEATURES */
export function checkedValues(values: Float64Array): Float64Array {
  if (values.length !== FEATURES.length) {
    throw new Error(`Expected ${FEATURES.length} feature values, got ${values.length}`);
  }
  return values;
}

/** Reads one feature of the customer by name; null where it is missing. */
export function featureIn(values: Float64Array): (feature: string) => number | null {
  return (feature) => {
    const value = values[FEATURE_INDEX.get(feature) ?? -1];
    return value === undefined || Number.isNaN(value) ? null : value;
  };
}
