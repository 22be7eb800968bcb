import type { FeatureEncoding } from '../networks/feature-encoding.js';
import type { Column, Table } from '../tables/table.js';
import { seededRandom } from '../training/seeded-random.js';

/** Share of offers whose action and treatment the network does not get to see, and whose group it doesn't see either. */
const HIDDEN_SHARE = 0.1;
const GROUP_HIDDEN_SHARE = 0.03;

/**
 * The table with some actions made unknown, so that the network learns what to expect of an action it has never seen,
 * from its group, channel, tags and the customer alone.
 */
export function hideActions(table: Table, seed: number): Table {
  const random = seededRandom(seed);
  const draws = Float64Array.from({ length: table.rows }, () => random.uniform());
  const hidden: Readonly<Record<string, number>> = {
    action: HIDDEN_SHARE,
    treatment: HIDDEN_SHARE,
    group: GROUP_HIDDEN_SHARE,
  };
  return {
    rows: table.rows,
    columns: table.columns.map((column): Column => {
      const share = hidden[column.name];
      return share === undefined || column.kind !== 'categorical'
        ? column
        : { ...column, codes: column.codes.map((code, row) => ((draws[row] ?? 1) < share ? -1 : code)) };
    }),
  };
}

/** The table with categories the model has not seen made missing: that is how serving hands them in. */
export function withoutUnseen(table: Table, encodings: readonly FeatureEncoding[]): Table {
  const levelsOf = new Map(
    encodings.flatMap((encoding): [string, ReadonlySet<string>][] =>
      encoding.kind === 'categorical' ? [[encoding.name, new Set(encoding.levels)]] : [],
    ),
  );
  return {
    rows: table.rows,
    columns: table.columns.map((column): Column => {
      const known = levelsOf.get(column.name);
      return known === undefined || column.kind !== 'categorical'
        ? column
        : {
            ...column,
            codes: column.codes.map((code) => (known.has(column.levels[code] ?? '') ? code : -1)),
          };
    }),
  };
}
