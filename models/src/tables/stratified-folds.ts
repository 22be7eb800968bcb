import { MersenneTwister } from './mersenne-twister.js';

export interface FoldOptions {
  readonly folds: number;
  readonly seed: number;
  /** Rows with the same group stay together (duplicates, or the same customer). */
  readonly groups?: ArrayLike<number> | undefined;
}

/**
 * Gives each row a fold, 0 to `folds - 1`: exactly the test folds of scikit-learn's
 * `StratifiedKFold(folds, shuffle=True, random_state=seed)`, so that figures compare row by row. With groups, a whole
 * group then goes to the fold of its first row.
 *
 * @param labels class per row, any whole numbers
 * @throws Error when a class has fewer rows than there are folds, or, with groups, a fold lacks a class
 */
export function stratifiedFolds(labels: ArrayLike<number>, options: FoldOptions): Int32Array {
  const { folds, seed, groups } = options;
  const classes = classesByAppearance(labels);
  const result = new Int32Array(labels.length);
  const random = new MersenneTwister(seed);
  let before = 0;
  for (const [label, rows] of classes) {
    if (rows.length < folds) {
      throw new Error(
        `Expected at least ${folds} rows of class ${label} for ${folds} folds, got ${rows.length}. Use fewer folds or more data.`,
      );
    }
    // scikit-learn deals the sorted classes out like cards: position p goes to fold p mod folds.
    const counts = new Int32Array(folds);
    for (let i = 0; i < rows.length; i += 1) {
      const fold = (before + i) % folds;
      counts[fold] = (counts[fold] ?? 0) + 1;
    }
    before += rows.length;
    const dealt = Int32Array.from([...counts].flatMap((count, fold) => new Array<number>(count).fill(fold)));
    random.shuffle(dealt);
    rows.forEach((row, i) => {
      result[row] = dealt[i] ?? 0;
    });
  }
  if (groups !== undefined) {
    joinGroups(result, groups);
    checkClasses(result, classes, folds);
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

function classesByAppearance(labels: ArrayLike<number>): Map<number, number[]> {
  const classes = new Map<number, number[]>();
  for (let row = 0; row < labels.length; row += 1) {
    const label = labels[row] ?? 0;
    const rows = classes.get(label);
    if (rows === undefined) {
      classes.set(label, [row]);
    } else {
      rows.push(row);
    }
  }
  return classes;
}

function joinGroups(folds: Int32Array, groups: ArrayLike<number>): void {
  const foldOf = new Map<number, number>();
  folds.forEach((fold, row) => {
    const group = groups[row] ?? row;
    const known = foldOf.get(group);
    if (known === undefined) {
      foldOf.set(group, fold);
    } else {
      folds[row] = known;
    }
  });
}

function checkClasses(result: Int32Array, classes: Map<number, number[]>, folds: number): void {
  for (const [label, rows] of classes) {
    const reached = new Set(rows.map((row) => result[row])).size;
    if (reached < folds) {
      throw new Error(
        `Expected class ${label} in each of ${folds} folds, but its groups of equal rows reach only ${reached}. Use fewer folds or more data.`,
      );
    }
  }
}
