import type { Table } from '../tables/table.js';

/** Offers' worth of the common rate that an action's own rate is mixed with. */
const PRIOR_WEIGHT = 20;

/** Offers and yes per action. */
export function countActions(
  table: Table,
  labels: ArrayLike<number>,
): ReadonlyMap<string, { readonly shown: number; readonly yes: number }> {
  const counts = new Map<string, { shown: number; yes: number }>();
  actionsOf(table).forEach((action, row) => {
    const known = counts.get(action) ?? { shown: 0, yes: 0 };
    counts.set(action, { shown: known.shown + 1, yes: known.yes + (labels[row] ?? 0) });
  });
  return counts;
}

/**
 * Each action's own share of yes in training, pulled to the common rate where it was seldom shown: what one would do
 * without a model.
 */
export function fitActionRates(
  table: Table,
  labels: ArrayLike<number>,
): { predict(other: Table): Float64Array } {
  const counts = countActions(table, labels);
  const common = Array.from(labels).reduce((sum, label) => sum + label, 0) / Math.max(1, table.rows);
  return {
    predict: (other) =>
      Float64Array.from(actionsOf(other), (action) => {
        const known = counts.get(action) ?? { shown: 0, yes: 0 };
        return (known.yes + PRIOR_WEIGHT * common) / (known.shown + PRIOR_WEIGHT);
      }),
  };
}

function actionsOf(table: Table): string[] {
  const column = table.columns.find(({ name }) => name === 'action');
  if (column?.kind !== 'categorical') {
    throw new Error('Expected a categorical column "action"');
  }
  return Array.from(column.codes, (code) => column.levels[code] ?? '');
}
