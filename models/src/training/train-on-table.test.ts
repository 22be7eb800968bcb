import { describe, expect, it } from 'vitest';
import type { LabelledTable } from '../tables/read-labelled-table.js';
import { createTable, numericColumn, selectRows, type Table } from '../tables/table.js';
import { syntheticTable } from '../testing/synthetic-table.js';
import { splitByTime, trainOnTable } from './train-on-table.js';

const { table, labels } = syntheticTable(400, 6);
const small = { members: 2, hidden: 8, layers: 1, maxEpochs: 6, patience: 2, dropout: 0, learningRate: 2e-2 };

function labelled(features: Table, targets: Int32Array): LabelledTable {
  return {
    table: features,
    labels: targets,
    positive: '1',
    groups: undefined,
    schema: [],
    dates: [],
    notes: [],
  };
}

const common = { seed: 0, budgetSeconds: 600, recipe: small, bags: 1, workers: 0 };

describe('trainOnTable', () => {
  it('tests every row once by folds, beside the baselines', async () => {
    const result = await trainOnTable({
      ...common,
      data: labelled(table, labels),
      split: { kind: 'folds', folds: 2 },
    });
    expect([...result.tested.rows].sort((a, b) => a - b)).toEqual(Array.from(labels, (_, row) => row));
    expect(result.folds).toHaveLength(2);
    expect(result.baselines.baseRate.auc.value).toBeCloseTo(0.5, 6);
    expect(result.metrics.auc.value).toBeGreaterThan(0.55);
    const folds = result.folds.map(({ auc }) => auc);
    expect(result.metrics.auc.value).toBeCloseTo(((folds[0] ?? 0) + (folds[1] ?? 0)) / 2, 12);
    expect(result.classifier).toBeUndefined();
  }, 120_000);

  it('refuses a column that is the label, unless told to keep it', async () => {
    const leaky = createTable([...table.columns, numericColumn('outcome', labels)]);
    const input = {
      ...common,
      data: labelled(leaky, labels),
      split: { kind: 'time', column: 'age' } as const,
    };
    await expect(trainOnTable(input)).rejects.toThrow(/"outcome" gives the label away.*--ignore outcome/);
    const kept = await trainOnTable({ ...input, keepLeaks: true });
    expect(kept.warnings.join()).toMatch(/"outcome" alone reaches an AUC of 1\.000/);
  }, 120_000);

  it('searches for a recipe on the rows that are not the test, and says what it tried', async () => {
    const { search, tested, metrics } = await trainOnTable({
      ...common,
      recipe: { ...small, maxEpochs: 2 },
      data: labelled(table, labels),
      split: { kind: 'fifth' },
      search: { seconds: 0.1, most: 1 },
    });
    expect(tested.rows).toHaveLength(80);
    expect(metrics.n).toBe(80);
    expect(search?.trials.map(({ folds }) => folds)).toEqual([3, 3]);
    expect(search?.trials.filter(({ isDefault }) => isDefault)).toHaveLength(1);
    expect(search?.defaultMetrics === undefined).toBe(Object.keys(search?.chosen.recipe ?? {}).length === 0);
  }, 120_000);

  it('refuses five rows', async () => {
    const rows = [0, 1, 2, 3, 4];
    const data = labelled(selectRows(table, rows), labels.slice(0, 5));
    await expect(trainOnTable({ ...common, data, split: { kind: 'folds', folds: 5 } })).rejects.toThrow(
      /has 5 rows.*too few to train and test on/,
    );
  });
});

describe('splitByTime', () => {
  it('tests on the newest fifth', () => {
    const times = createTable([
      numericColumn(
        'at',
        Array.from({ length: 10 }, (_, i) => 9 - i),
      ),
    ]);
    const { train, test } = splitByTime(times, 'at');
    expect([...test]).toEqual([0, 1]);
    expect(train).toHaveLength(8);
  });
});
