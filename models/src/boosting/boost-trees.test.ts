import { describe, expect, it } from 'vitest';
import { auc } from '../evaluation/ranking-metrics.js';
import { categoricalColumn, createTable } from '../tables/table.js';
import { seededRandom } from '../training/seeded-random.js';
import { binColumns, inFixedOrder } from './bin-columns.js';
import { boostTrees } from './boost-trees.js';
import { createTeacher } from './teacher.js';

/** Yes where exactly one of two numbers is positive (no single column tells), more often on Mondays; a number of noise. */
function crossed(rows: number) {
  const random = seededRandom(5);
  const a = Float64Array.from({ length: rows }, () => random.normal());
  const b = Float64Array.from({ length: rows }, () =>
    random.uniform() < 0.1 ? Number.NaN : random.normal(),
  );
  const days = Array.from({ length: rows }, () => ['Mon', 'Tue', 'Wed'][random.below(3)] ?? '');
  const labels = Uint8Array.from(a, (value, row) => {
    const one = value > 0 !== (b[row] ?? 0) > 0;
    return random.uniform() < (one ? 0.7 : 0.15) + (days[row] === 'Mon' ? 0.15 : 0) ? 1 : 0;
  });
  const table = createTable([
    { kind: 'numeric', name: 'a', values: a },
    { kind: 'numeric', name: 'b', values: b },
    { kind: 'numeric', name: 'noise', values: a.map(() => random.normal()) },
    categoricalColumn('day', days),
  ]);
  return { table, labels };
}

const { table, labels } = crossed(3000);
const rows = (from: number, to: number) => Int32Array.from({ length: to - from }, (_, i) => from + i);
const pick = (values: ArrayLike<number>, chosen: Int32Array) => Array.from(chosen, (row) => values[row] ?? 0);

describe('binColumns', () => {
  it('keeps the order of numbers, with missing ones last', () => {
    const [column] = binColumns(
      createTable([{ kind: 'numeric', name: 'x', values: Float64Array.from([3, Number.NaN, -1, 7, 3]) }]),
    );
    expect(column).toMatchObject({ kind: 'ordered', bins: 4, codes: Uint8Array.from([1, 3, 0, 2, 1]) });
  });

  it('parts many values into bins of about equally many', () => {
    const values = Float64Array.from({ length: 10_000 }, (_, i) => i ** 2);
    const [column] = binColumns(createTable([{ kind: 'numeric', name: 'x', values }]));
    const counts = new Map<number, number>();
    for (const code of column?.codes ?? []) counts.set(code, (counts.get(code) ?? 0) + 1);
    expect(counts.size).toBeGreaterThan(100);
    expect(Math.max(...counts.values())).toBeLessThan(200);
  });

  it('puts levels in order of how frequent they are, where their order is to be fixed', () => {
    const [column] = binColumns(
      createTable([categoricalColumn('day', ['Tue', 'Mon', 'Mon', 'Wed', 'Mon', 'Wed'])]),
    ).map(inFixedOrder);
    expect(column).toMatchObject({ kind: 'ordered', codes: Uint8Array.from([2, 0, 0, 1, 0, 1]) });
  });
});

describe('boostTrees', () => {
  const columns = binColumns(table);
  const held = rows(2000, 3000);

  it('finds what only two columns together tell', () => {
    const { logits, trees } = boostTrees({
      columns,
      labels,
      rows: rows(0, 2000),
      heldOut: held,
      trees: 400,
      seed: 1,
    });
    expect(trees).toBeGreaterThan(10);
    expect(auc(pick(labels, held), pick(logits, held))).toBeGreaterThan(0.77);
  });

  it('grows hardly any trees where there is nothing to learn', () => {
    const random = seededRandom(8);
    const noise = labels.map(() => random.below(2));
    const { trees } = boostTrees({
      columns,
      labels: noise,
      rows: rows(0, 2000),
      heldOut: held,
      trees: 400,
      seed: 1,
    });
    expect(trees).toBeLessThan(30);
  });

  it('gives the same trees for the same seed, others for another', () => {
    const grow = (seed: number) => boostTrees({ columns, labels, rows: rows(0, 500), trees: 5, seed }).logits;
    expect(grow(1)).toEqual(grow(1));
    expect(grow(2)).not.toEqual(grow(1));
  });
});

describe('createTeacher', { timeout: 30_000 }, () => {
  const { table, labels } = crossed(1500);
  const folds = Int32Array.from({ length: 1500 }, (_, row) => row % 4);
  const trainRows = rows(0, 1500).filter((row) => folds[row] !== 1);

  it('pulls every label towards what is expected of such a row', () => {
    const targets = createTeacher({ table, labels, folds, seed: 0, share: 0.8 })(trainRows);
    const yes = pick(
      targets,
      trainRows.filter((row) => labels[row] === 1),
    );
    const no = pick(
      targets,
      trainRows.filter((row) => labels[row] === 0),
    );
    expect(Math.max(...yes)).toBeLessThan(1);
    expect(Math.min(...no)).toBeGreaterThan(0);
    // Of those who said yes, some were more to be expected to than others.
    expect(Math.min(...yes)).toBeLessThan(Math.max(...yes) - 0.1);
  });

  it('knows no labels but those of the rows to train on', () => {
    const turned = labels.map((label, row) => (folds[row] === 1 ? 1 - label : label));
    const teach = (answers: Uint8Array) =>
      pick(createTeacher({ table, labels: answers, folds, seed: 0, share: 0.8 })(trainRows), trainRows);
    expect(teach(turned)).toEqual(teach(labels));
  });
});
