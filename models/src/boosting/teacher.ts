import { sigmoid } from '../calibration/calibrator.js';
import type { Table } from '../tables/table.js';
import { type BinnedColumn, binColumns, inFixedOrder } from './bin-columns.js';
import { boostTrees } from './boost-trees.js';

/** Softens the labels of the rows that a network is to be trained on, knowing the labels of those rows alone. */
export type Teacher = (trainRows: Int32Array) => Float64Array;

export interface TeacherInput {
  readonly table: Table;
  /** 1 or 0 per row. */
  readonly labels: ArrayLike<number>;
  /** Fold per row: some folds are held out in turn to see how many trees are best. */
  readonly folds: Int32Array;
  readonly seed: number;
  /** Part of the teacher in the target, 0 to 1; the label has the rest. */
  readonly share: number;
  /** Whether more trees are worth their time; then every other ensemble takes categories in a fixed order. */
  readonly thorough?: boolean | undefined;
}

/** Ensembles of trees whose mean teaches. */
const ENSEMBLES = 2;
const ENSEMBLES_IF_THOROUGH = 4;
const MOST_TREES = 600;
/** From so many rows on, one fold tells as much as all and two ensembles as much as four; they take long enough. */
const MANY_ROWS = 40_000;

/**
 * Boosted trees as the teacher of a network (distillation, Hinton et al. 2015). Trees find steps and interactions in
 * tables that a network finds only slowly under the noise of single labels; told what the trees expect, it learns them
 * in fewer epochs and needs less dropout. What is kept and served is the network alone.
 *
 * A thorough teacher takes the levels of categories in a fixed order in every other ensemble. Trees that may group
 * levels freely gain on some tables and overfit on others; the mean of both is about as good as the better on each.
 *
 * The number of trees is found when the teacher is first asked, and kept.
 */
export function createTeacher({
  table,
  labels,
  folds,
  seed,
  share,
  thorough = false,
}: TeacherInput): Teacher {
  const columns = columnsOf(binColumns(table), thorough);
  let trees: number | undefined;
  return (trainRows) => {
    if (columns(0).length === 0) {
      return Float64Array.from(labels);
    }
    trees ??= bestTrees({ columns, labels, folds, trainRows }, seed);
    const most = trees;
    const ensembles = Array.from(
      { length: thorough && trainRows.length < MANY_ROWS ? ENSEMBLES_IF_THOROUGH : ENSEMBLES },
      (_, index) =>
        boostTrees({
          columns: columns(index),
          labels,
          rows: trainRows,
          trees: most,
          seed: seed * (thorough ? ENSEMBLES_IF_THOROUGH : ENSEMBLES) + index,
        }),
    );
    return Float64Array.from(labels, (label, row) => {
      const expected = sigmoid(mean(ensembles.map(({ logits }) => logits[row] ?? 0)));
      return share * expected + (1 - share) * label;
    });
  };
}

/** The columns as an ensemble takes them. */
type ColumnsOf = (ensemble: number) => readonly BinnedColumn[];

function columnsOf(columns: readonly BinnedColumn[], bothWays: boolean): ColumnsOf {
  const ordered = bothWays ? columns.map(inFixedOrder) : columns;
  return (ensemble) => (ensemble % 2 === 0 ? columns : ordered);
}

type Trial = Pick<TeacherInput, 'labels' | 'folds'> & {
  readonly columns: ColumnsOf;
  readonly trainRows: Int32Array;
};

/** How many trees are best on average over the folds among the rows, each held out in turn. */
function bestTrees({ columns, labels, folds, trainRows }: Trial, seed: number): number {
  const present = [...new Set(trainRows.map((row) => folds[row] ?? 0))].sort((a, b) => a - b);
  if (present.length < 2) {
    return 1; // nothing can be held out: the fewest trees then
  }
  const curves = present.slice(0, trainRows.length < MANY_ROWS ? present.length : 1).map((held, index) => {
    const rows = trainRows.filter((row) => folds[row] !== held);
    const heldOut = trainRows.filter((row) => folds[row] === held);
    return boostTrees({ columns: columns(index), labels, rows, heldOut, trees: MOST_TREES, seed }).losses;
  });
  const shortest = Math.min(...curves.map(({ length }) => length));
  const losses = Array.from({ length: shortest }, (_, tree) => mean(curves.map((curve) => curve[tree] ?? 0)));
  return Math.max(1, losses.indexOf(Math.min(...losses)));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
