// Kernel over typed arrays: rows index the binned columns, bins lie below the column's number of bins.
import type { BinnedColumn } from './bin-columns.js';

/** A tree over binned columns. Node 0 is the root; an inner node sends bins marked in `left` to `children[0]`. */
export interface Tree {
  readonly nodes: readonly TreeNode[];
}

export type TreeNode =
  | { readonly kind: 'leaf'; readonly value: number }
  | {
      readonly kind: 'split';
      /** Index of the column. */
      readonly column: number;
      /** 1 per bin that goes to the first child. */
      readonly left: Uint8Array;
      readonly children: readonly [number, number];
    };

export interface GrowOptions {
  readonly leaves: number;
  readonly minRows: number;
  /** Penalty on squared leaf values, added to the sum of second derivatives. */
  readonly ridge: number;
  /** Extra penalty while levels of a category are put in order. */
  readonly levelRidge: number;
}

export interface GrowInput {
  readonly columns: readonly BinnedColumn[];
  /** Indices of the columns this tree may use. */
  readonly usable: readonly number[];
  readonly gradients: Float64Array;
  readonly hessians: Float64Array;
  /** Rows to grow on; reordered in place. */
  readonly rows: Int32Array;
  readonly options: GrowOptions;
}

interface Split {
  readonly gain: number;
  readonly column: number;
  readonly left: Uint8Array;
}

interface Open {
  readonly node: number;
  readonly start: number;
  readonly end: number;
  readonly sums: Histogram;
  readonly split: Split | undefined;
}

/** Per usable column and bin: gradient, hessian, rows; three numbers a bin. */
type Histogram = Float64Array;

/** Grows a tree leaf by leaf, always at the split that gains most (second-order boosting, Chen & Guestrin 2016). */
export function growTree(input: GrowInput): Tree {
  const { rows, options } = input;
  const offsets = offsetsOf(input);
  const nodes: TreeNode[] = [];
  const open: Open[] = [];
  const add = (node: number, [start, end]: readonly [number, number], sums: Histogram): void => {
    open.push({ node, start, end, sums, split: bestSplit(input, offsets, sums) });
    nodes[node] = leafOf(sums, offsets, { input });
  };
  add(0, [0, rows.length], histogram(input, offsets, [0, rows.length]));
  for (let leaves = 1; leaves < options.leaves; leaves += 1) {
    const best = open.reduce<Open | undefined>(
      (most, leaf) => ((leaf.split?.gain ?? 0) > (most?.split?.gain ?? 0) ? leaf : most),
      undefined,
    );
    if (best?.split === undefined) {
      break;
    }
    open.splice(open.indexOf(best), 1);
    const { node, start, end, split } = best;
    const middle = partition(input, best, split);
    const first = nodes.length;
    nodes[node] = { kind: 'split', column: split.column, left: split.left, children: [first, first + 1] };
    // The larger side is what the smaller one leaves of both.
    const firstIsSmaller = middle - start <= end - middle;
    const smaller = histogram(input, offsets, firstIsSmaller ? [start, middle] : [middle, end]);
    const larger = best.sums;
    for (let i = 0; i < larger.length; i += 1) {
      larger[i] = (larger[i] as number) - (smaller[i] as number);
    }
    add(first, [start, middle], firstIsSmaller ? smaller : larger);
    add(first + 1, [middle, end], firstIsSmaller ? larger : smaller);
  }
  return { nodes };
}

function offsetsOf({ columns, usable }: GrowInput): Int32Array {
  const offsets = new Int32Array(usable.length + 1);
  usable.forEach((column, i) => {
    offsets[i + 1] = (offsets[i] as number) + 3 * (columns[column]?.bins ?? 0);
  });
  return offsets;
}

function histogram(
  { columns, usable, rows, gradients, hessians }: GrowInput,
  offsets: Int32Array,
  [start, end]: readonly [number, number],
): Histogram {
  const sums = new Float64Array(offsets[usable.length] as number);
  usable.forEach((column, index) => {
    const codes = (columns[column] as BinnedColumn).codes;
    const offset = offsets[index] as number;
    for (let i = start; i < end; i += 1) {
      const row = rows[i] as number;
      const at = offset + 3 * (codes[row] as number);
      sums[at] = (sums[at] as number) + (gradients[row] as number);
      sums[at + 1] = (sums[at + 1] as number) + (hessians[row] as number);
      sums[at + 2] = (sums[at + 2] as number) + 1;
    }
  });
  return sums;
}

function leafOf(sums: Histogram, offsets: Int32Array, { input }: { readonly input: GrowInput }): TreeNode {
  let gradient = 0;
  let hessian = 0;
  for (let at = 0; at < (offsets[1] as number); at += 3) {
    gradient += sums[at] as number;
    hessian += sums[at + 1] as number;
  }
  return { kind: 'leaf', value: -gradient / (hessian + input.options.ridge) };
}

function bestSplit(input: GrowInput, offsets: Int32Array, sums: Histogram): Split | undefined {
  let best: Split | undefined;
  input.usable.forEach((column, index) => {
    const { kind, bins } = input.columns[column] as BinnedColumn;
    const part = sums.subarray(offsets[index] as number, offsets[index + 1] as number);
    const order: number[] = [];
    for (let bin = 0; bin < bins; bin += 1) {
      if ((part[3 * bin + 2] as number) > 0) {
        order.push(bin);
      }
    }
    if (kind === 'levels') {
      const value = (bin: number) =>
        (part[3 * bin] as number) / ((part[3 * bin + 1] as number) + input.options.levelRidge);
      order.sort((a, b) => value(a) - value(b) || a - b);
    }
    const found = scan(part, order, input.options);
    if (found !== undefined && found.gain > (best?.gain ?? SMALLEST_GAIN)) {
      const left = new Uint8Array(bins);
      for (const bin of order.slice(0, found.taken)) {
        left[bin] = 1;
      }
      best = { gain: found.gain, column, left };
    }
  });
  return best;
}

const SMALLEST_GAIN = 1e-6;

function scan(
  part: Float64Array,
  order: readonly number[],
  { ridge, minRows }: GrowOptions,
): { readonly gain: number; readonly taken: number } | undefined {
  let [gradient, hessian, count] = [0, 0, 0];
  for (const bin of order) {
    gradient += part[3 * bin] as number;
    hessian += part[3 * bin + 1] as number;
    count += part[3 * bin + 2] as number;
  }
  const whole = gradient ** 2 / (hessian + ridge);
  let [g, h, n] = [0, 0, 0];
  let best: { gain: number; taken: number } | undefined;
  for (let taken = 1; taken < order.length; taken += 1) {
    const bin = order[taken - 1] as number;
    g += part[3 * bin] as number;
    h += part[3 * bin + 1] as number;
    n += part[3 * bin + 2] as number;
    if (n < minRows) {
      continue;
    }
    if (count - n < minRows) {
      break;
    }
    const gain = g ** 2 / (h + ridge) + (gradient - g) ** 2 / (hessian - h + ridge) - whole;
    if (gain > (best?.gain ?? 0)) {
      best = { gain, taken };
    }
  }
  return best;
}

/** Moves the rows of a leaf so that those of the first child come first. @returns where the second child begins */
function partition({ columns, rows }: GrowInput, { start, end }: Open, { column, left }: Split): number {
  const codes = (columns[column] as BinnedColumn).codes;
  const second: number[] = [];
  let at = start;
  for (let i = start; i < end; i += 1) {
    const row = rows[i] as number;
    if (left[codes[row] as number] === 1) {
      rows[at] = row;
      at += 1;
    } else {
      second.push(row);
    }
  }
  rows.set(second, at);
  return at;
}

/** Value of the leaf that a row falls into. */
export function leafValue({ nodes }: Tree, columns: readonly BinnedColumn[], row: number): number {
  let node = nodes[0];
  while (node?.kind === 'split') {
    const code = (columns[node.column] as BinnedColumn).codes[row] as number;
    node = nodes[node.children[node.left[code] === 1 ? 0 : 1]];
  }
  return node?.value ?? 0;
}
