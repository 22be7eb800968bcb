import { describe, expect, it } from 'vitest';
import { syntheticTable } from '../testing/synthetic-table.js';
import { seededRandom } from '../training/seeded-random.js';
import { duplicateGroups } from './duplicate-groups.js';
import { columnSignals, GIVEAWAY_AUC } from './leakage.js';
import { categoricalColumn, createTable, numericColumn, selectRows } from './table.js';

const { table, labels } = syntheticTable(1000, 4);

describe('columnSignals', () => {
  it('finds the column that is the label, whatever it is called or coded', () => {
    const coded = Array.from(labels, (label) => (label === 1 ? 'gone' : 'here'));
    const leaky = createTable([...table.columns, categoricalColumn('status', coded)]);
    expect(columnSignals(leaky, labels)[0]).toMatchObject({ name: 'status' });
    expect(columnSignals(leaky, labels)[0]?.auc).toBeGreaterThan(GIVEAWAY_AUC);
  });

  it('sees a signal that does not rise or fall', () => {
    const around = Float64Array.from(labels, (label, row) => (label === 1 ? (row % 2 === 0 ? 5 : -5) : 0));
    const signals = columnSignals(createTable([numericColumn('around', around)]), labels);
    expect(signals[0]?.auc).toBeGreaterThan(0.99);
  });

  it('does not take an identifier for a signal', () => {
    const ids = Array.from(labels, (_, row) => `id-${row}`);
    const random = seededRandom(1);
    const noise = Float64Array.from(labels, () => random.normal());
    const signals = columnSignals(
      createTable([categoricalColumn('id', ids), numericColumn('noise', noise)]),
      labels,
    );
    for (const { auc } of signals) {
      expect(auc).toBeLessThan(0.6);
    }
  });
});

describe('duplicateGroups', () => {
  it('gives equal rows one group', () => {
    const twice = selectRows(table, [0, 1, 2, 0, 2]);
    const { groups, duplicates } = duplicateGroups(twice);
    expect([...groups]).toEqual([0, 1, 2, 0, 2]);
    expect(duplicates).toBe(2);
  });
});
