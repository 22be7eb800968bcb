import { FEATURES } from '../features/feature-set.js';
import { createTable, type Table } from '../tables/table.js';

const INDEX_OF = new Map(FEATURES.map(({ name }, index) => [name, index]));

/** One customer's features as a table of one row. @throws Error where the number of values is another */
export function customerRow(values: Float64Array): Table {
  if (values.length !== FEATURES.length) {
    throw new Error(`Expected ${FEATURES.length} feature values, got ${values.length}`);
  }
  return createTable(
    FEATURES.map(({ name }, index) => ({ kind: 'numeric', name, values: values.subarray(index, index + 1) })),
  );
}

/** Reads one feature of the customer by name; null where it is missing. */
export function featureIn(values: Float64Array): (feature: string) => number | null {
  return (feature) => {
    const value = values[INDEX_OF.get(feature) ?? -1];
    return value === undefined || Number.isNaN(value) ? null : value;
  };
}
