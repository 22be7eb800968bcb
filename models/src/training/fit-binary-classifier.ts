import { createTeacher } from '../boosting/teacher.js';
import { chooseCalibrator } from '../calibration/choose-calibrator.js';
import { BinaryClassifier } from '../serving/binary-classifier.js';
import { binaryHead } from './binary-head.js';
import { type FitInput, fitNetworks } from './fit-networks.js';
import type { TrainingRecipe } from './train-network.js';

export interface FitBinaryInput extends FitInput {
  /** 1 or 0 per row. */
  readonly labels: ArrayLike<number>;
  /** Whether boosted trees teach the networks; default true. */
  readonly taught?: boolean | undefined;
}

const MIN_ROWS = 20;
const MIN_PER_CLASS = 5;
/** What a teacher says has little noise, so that less has to be dropped. */
const TAUGHT_RECIPE: Partial<TrainingRecipe> = { dropout: 0.1 };
/** With so many rows nothing, and few epochs of a smaller ensemble do (measured). */
const MANY_ROWS = 15_000;
const TAUGHT_RECIPE_OF_MANY: Partial<TrainingRecipe> = {
  members: 2,
  dropout: 0,
  learningRate: 3e-3,
  maxEpochs: 20,
  patience: 4,
};

/**
 * Fits the default network to a table with a yes/no label (see {@link fitNetworks}) and calibrates it on scores of
 * rows held out.
 *
 * @throws Error when there are too few rows, a label is not 0 or 1, or only one class occurs
 */
export async function fitBinaryClassifier(input: FitBinaryInput): Promise<BinaryClassifier> {
  checkLabels(input);
  const { table, labels, seed } = input;
  const taught = input.taught ?? true;
  const recipe = taught
    ? { ...(table.rows >= MANY_ROWS ? TAUGHT_RECIPE_OF_MANY : TAUGHT_RECIPE), ...input.recipe }
    : input.recipe;
  const headsFor = (folds: Int32Array) => {
    const teacher = createTeacher({ table, labels, folds, seed });
    return (trainRows: Int32Array) => binaryHead(labels, teacher(trainRows));
  };
  const { artifact, scorer, outOfTime } = await fitNetworks(
    { ...input, recipe },
    {
      kind: 'binary',
      head: binaryHead(labels),
      ...(taught && { headsFor }),
      labels,
      classes: labels,
      calibrate: (outOfFold) => {
        const probed = Array.from(outOfFold.keys()).filter((row) => !Number.isNaN(outOfFold[row]));
        const logits = Float32Array.from(probed, (row) => outOfFold[row] ?? 0);
        return chooseCalibrator({ logits, labels: Int32Array.from(probed, (row) => labels[row] ?? 0) }, seed);
      },
    },
  );
  return new BinaryClassifier(artifact, scorer, { outOfTime });
}

function checkLabels({ table, labels }: FitBinaryInput): void {
  if (labels.length !== table.rows) {
    throw new Error(`Expected one label per row, got ${labels.length} labels for ${table.rows} rows`);
  }
  let positives = 0;
  for (let row = 0; row < labels.length; row += 1) {
    const label = labels[row];
    if (label !== 0 && label !== 1) {
      throw new Error(`Expected label of row ${row} to be 0 or 1, got ${label}`);
    }
    positives += label;
  }
  if (table.rows < MIN_ROWS || positives < MIN_PER_CLASS || table.rows - positives < MIN_PER_CLASS) {
    throw new Error(
      `Expected at least ${MIN_ROWS} rows with ${MIN_PER_CLASS} of each class to train on, got ${table.rows} rows, ${positives} of them positive. Add more data, or check which value counts as positive.`,
    );
  }
}
