// Kernel over typed arrays: rows index labels and columns.
import { sigmoid, softplus } from '../calibration/calibrator.js';
import { type SeededRandom, seededRandom, shuffledIndices } from '../training/seeded-random.js';
import type { BinnedColumn } from './bin-columns.js';
import { type GrowOptions, growTree, leafValue } from './grow-tree.js';

export interface BoostInput {
  readonly columns: readonly BinnedColumn[];
  /** 1 or 0 per row. */
  readonly labels: ArrayLike<number>;
  /** Rows to learn from. */
  readonly rows: Int32Array;
  /** Rows that tell how many trees are best; without them all `trees` count. */
  readonly heldOut?: Int32Array | undefined;
  /** Most trees. */
  readonly trees: number;
  readonly seed: number;
}

export interface BoostedTrees {
  /** Log odds per row of the table. */
  readonly logits: Float64Array;
  readonly trees: number;
  /** Mean log loss on the rows held out after each tree, the first of them after none. */
  readonly losses: readonly number[];
}

const RATE = 0.04;
const LEAVES = 15;
const RIDGE = 5;
const LEVEL_RIDGE = 10;
/** Of the rows and columns a tree may use only a share, and never more than so many. */
const ROW_SHARE = 0.8;
const MOST_ROWS = 30_000;
const COLUMN_SHARE = 0.5;
const MOST_COLUMNS = 48;
/** Trees without a lower loss before growing stops. */
const PATIENCE = 60;

/** Gradient-boosted trees for a yes/no label (Friedman 2002, with histograms). They teach networks; they don't serve. */
export function boostTrees(input: BoostInput): BoostedTrees {
  const { columns, labels, rows, heldOut } = input;
  const random = seededRandom(input.seed);
  const logits = startingLogits(input);
  const gradients = new Float64Array(logits.length);
  const hessians = new Float64Array(logits.length);
  const options = growOptions(rows.length);
  const losses = [lossOn(heldOut, logits, labels)];
  let best = { loss: losses[0] ?? 0, trees: 0, logits: new Float64Array(logits) };
  for (let tree = 1; tree <= input.trees && tree - best.trees <= PATIENCE; tree += 1) {
    for (const row of rows) {
      const probability = sigmoid(logits[row] as number);
      gradients[row] = probability - (labels[row] as number);
      hessians[row] = probability * (1 - probability);
    }
    const grown = growTree({
      columns,
      usable: someColumns(columns.length, random.fork(2 * tree)),
      gradients,
      hessians,
      rows: someRows(rows, random.fork(2 * tree + 1)),
      options,
    });
    for (let row = 0; row < logits.length; row += 1) {
      logits[row] = (logits[row] as number) + RATE * leafValue(grown, columns, row);
    }
    const loss = lossOn(heldOut, logits, labels);
    losses.push(loss);
    if (heldOut === undefined || loss < best.loss) {
      best = { loss, trees: tree, logits: new Float64Array(logits) };
    }
  }
  return { logits: best.logits, trees: best.trees, losses };
}

function startingLogits({ columns, labels, rows }: BoostInput): Float64Array {
  const positives = rows.reduce((sum, row) => sum + (labels[row] as number), 0);
  const rate = (positives + 0.5) / (rows.length + 1);
  return new Float64Array(columns[0]?.codes.length ?? labels.length).fill(Math.log(rate / (1 - rate)));
}

function growOptions(rows: number): GrowOptions {
  return {
    leaves: LEAVES,
    minRows: Math.max(5, Math.min(50, Math.round(rows / 100))),
    ridge: RIDGE,
    levelRidge: LEVEL_RIDGE,
  };
}

function someColumns(columns: number, random: SeededRandom): number[] {
  const count = Math.min(MOST_COLUMNS, Math.ceil(columns * COLUMN_SHARE));
  return Array.from(shuffledIndices(columns, random))
    .slice(0, count)
    .sort((a, b) => a - b);
}

function someRows(rows: Int32Array, random: SeededRandom): Int32Array {
  const share = Math.min(ROW_SHARE, MOST_ROWS / rows.length);
  return rows.filter(() => random.uniform() < share);
}

function lossOn(rows: Int32Array | undefined, logits: Float64Array, labels: ArrayLike<number>): number {
  let sum = 0;
  for (const row of rows ?? []) {
    const logit = logits[row] as number;
    sum += softplus(logit) - (labels[row] as number) * logit;
  }
  return sum / Math.max(1, rows?.length ?? 0);
}
