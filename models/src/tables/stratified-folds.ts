import { seededRandom, shuffledIndices } from '../training/seeded-random.js';

export interface FoldOptions {
  readonly folds: number;
  readonly seed: number;
  /** Rows with the same group stay together (duplicates, or the same customer). */
  readonly groups?: ArrayLike<number> | undefined;
}

/**
 * Gives each row a fold, 0 to `folds - 1`: shuffled, with the classes spread evenly, as scikit-learn's
 * `StratifiedKFold(shuffle=True)` does. With groups, whole groups are dealt out instead of rows; the largest first,
 * each to the fold that has fewest rows of the group's class.
 *
 * @param labels class per row, any whole numbers
 * @throws Error when there are fewer groups of a class than folds
 */
export function stratifiedFolds(labels: ArrayLike<number>, options: FoldOptions): Int32Array {
  const { folds, seed } = options;
  const random = seededRandom(seed);
  const groups = membersByGroup(labels.length, options.groups);
  const order = shuffledIndices(groups.length, random);
  const byClass = new Map<number, number[]>();
  for (const index of order) {
    const label = majority(groups[index] ?? [], labels);
    const list = byClass.get(label) ?? [];
    list.push(index);
    byClass.set(label, list);
  }
  const result = new Int32Array(labels.length);
  const total = new Float64Array(folds);
  for (const [label, indices] of [...byClass].sort((a, b) => a[0] - b[0])) {
    if (indices.length < folds) {
      throw new Error(
        `Expected at least ${folds} distinct rows of class ${label} for ${folds} folds, got ${indices.length}. Use fewer folds or more data.`,
      );
    }
    // A stable sort keeps the shuffled order among groups of one size.
    indices.sort((a, b) => (groups[b]?.length ?? 0) - (groups[a]?.length ?? 0));
    const ofClass = new Float64Array(folds);
    for (const index of indices) {
      const fold = smallest(ofClass, total);
      for (const row of groups[index] ?? []) {
        result[row] = fold;
      }
      ofClass[fold] = (ofClass[fold] ?? 0) + (groups[index]?.length ?? 0);
      total[fold] = (total[fold] ?? 0) + (groups[index]?.length ?? 0);
    }
  }
  return result;
}

/** The rows of one fold, and the rest. */
export function foldRows(folds: Int32Array, fold: number): { inside: Int32Array; outside: Int32Array } {
  const inside: number[] = [];
  const outside: number[] = [];
  folds.forEach((value, row) => {
    (value === fold ? inside : outside).push(row);
  });
  return { inside: Int32Array.from(inside), outside: Int32Array.from(outside) };
}

function membersByGroup(rows: number, groups: ArrayLike<number> | undefined): number[][] {
  const byGroup = new Map<number, number[]>();
  for (let row = 0; row < rows; row += 1) {
    const group = groups === undefined ? row : (groups[row] ?? row);
    const members = byGroup.get(group) ?? [];
    members.push(row);
    byGroup.set(group, members);
  }
  return [...byGroup.values()];
}

function majority(rows: readonly number[], labels: ArrayLike<number>): number {
  const counts = new Map<number, number>();
  for (const row of rows) {
    counts.set(labels[row] ?? 0, (counts.get(labels[row] ?? 0) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0]?.[0] ?? 0;
}

function smallest(ofClass: Float64Array, total: Float64Array): number {
  let best = 0;
  for (let fold = 1; fold < ofClass.length; fold += 1) {
    const difference = (ofClass[fold] ?? 0) - (ofClass[best] ?? 0);
    if (difference < 0 || (difference === 0 && (total[fold] ?? 0) < (total[best] ?? 0))) {
      best = fold;
    }
  }
  return best;
}
