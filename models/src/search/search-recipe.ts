import { stratifiedFolds } from '../tables/stratified-folds.js';
import type { Table } from '../tables/table.js';
import { foldRunner, foldTask } from '../training/cross-validate.js';
import type { TrainProgress } from '../training/train-ensemble.js';
import { type SearchResult, searchCandidates } from './successive-halving.js';

export type SearchRecipeInput = {
  readonly table: Table;
  /** 1 or 0 per row. */
  readonly labels: Int32Array;
  /** Rows with the same number stay on one side of every split. */
  readonly groups?: Int32Array | undefined;
  readonly seed: number;
  readonly budgetSeconds: number;
  /** As many as there are cores unless told; 0 trains in this thread. */
  readonly workers?: number | undefined;
  /** Most ways to try beside the default. */
  readonly most?: number | undefined;
  readonly onProgress?: ((progress: TrainProgress) => void) | undefined;
};

const FOLDS = 3;
/** No probability is told to be surer than this. */
const SUREST = 1e-7;

/**
 * Searches for a better way to train than the default on these rows, by cross-validated log loss within a time budget.
 * What it finds has to be tested on other rows: that it was chosen flatters it on these.
 */
export async function searchRecipe(input: SearchRecipeInput): Promise<SearchResult> {
  const { labels, seed, groups, budgetSeconds } = input;
  const foldOf = stratifiedFolds(labels, { folds: FOLDS, seed, groups });
  const { lanes, run } = foldRunner(input.workers, Number.POSITIVE_INFINITY);
  return searchCandidates({
    seed,
    folds: FOLDS,
    lanes,
    budgetMs: budgetSeconds * 1000,
    clock: () => performance.now(),
    most: input.most,
    onProgress: input.onProgress,
    test: async ({ recipe, taught }, fold) => {
      const task = foldTask({ ...input, recipe, taught, bags: 1 }, foldOf, fold);
      // A trial may take a sixth of the time: two rounds on one fold, then two more folds.
      const settings = { ...task.settings, budgetSeconds: budgetSeconds / 6 };
      const { rows, probabilities } = await run({ ...task, settings }, () => undefined);
      return Float64Array.from(rows, (row, index) => {
        const yes = Math.min(1 - SUREST, Math.max(SUREST, probabilities.network[index] ?? 0.5));
        return -Math.log(labels[row] === 1 ? yes : 1 - yes);
      });
    },
  });
}
