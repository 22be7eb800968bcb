import { createTeacher } from '../boosting/teacher.js';
import { chooseCalibrator } from '../calibration/choose-calibrator.js';
import { BinaryClassifier } from '../serving/binary-classifier.js';
import { binaryHead } from './binary-head.js';
import { type FitInput, type FittedNetworks, fitNetworks } from './fit-networks.js';
import type { TrainingRecipe } from './train-network.js';

export interface FitBinaryInput extends FitInput {
  /** 1 or 0 per row. */
  readonly labels: ArrayLike<number>;
  /** Whether boosted trees teach the networks; default true. */
  readonly taught?: boolean | undefined;
  /** Whether a little accuracy is worth more time, default false: more trees teach, and of both kinds. */
  readonly thorough?: boolean | undefined;
}

const MIN_ROWS = 20;
const MIN_PER_CLASS = 5;
/** From so many rows on the trees know more than single labels do, and a network can take what they say. */
const MANY_ROWS = 8000;
/** From so many rows on it can take nearly all they say. */
const VERY_MANY_ROWS = 15_000;
/** A network taught on very many rows has seen enough after passing so many. */
const ROWS_PASSED = 800_000;
const [FEWEST_EPOCHS, MOST_EPOCHS] = [12, 30];

/**
 * How a taught network is trained, and the teacher's part in what it is told: what a teacher says has little noise, so
 * nothing has to be dropped, and few members and epochs do. Measured on public tables.
 */
function taughtRecipe(rows: number): { teacherShare: number; recipe: Partial<TrainingRecipe> } {
  if (rows < MANY_ROWS) {
    return { teacherShare: 0.6, recipe: { dropout: 0.3 } };
  }
  const lean = { members: 2, dropout: 0, learningRate: 3e-3, patience: 4 };
  if (rows < VERY_MANY_ROWS) {
    return { teacherShare: 0.8, recipe: { ...lean, maxEpochs: MOST_EPOCHS } };
  }
  const maxEpochs = Math.min(MOST_EPOCHS, Math.max(FEWEST_EPOCHS, Math.round(ROWS_PASSED / rows)));
  return { teacherShare: 0.9, recipe: { ...lean, weightDecay: 0.1, maxEpochs } };
}

/**
 * Fits the default network to a table with a yes/no label (see {@link fitNetworks}) and calibrates it on scores of
 * rows held out.
 *
 * @throws Error when there are too few rows, a label is not 0 or 1, or only one class occurs
 */
export async function fitBinaryClassifier(input: FitBinaryInput): Promise<BinaryClassifier> {
  const { artifact, scorer, outOfTime } = await fitBinaryNetworks(input);
  return new BinaryClassifier(artifact, scorer, { outOfTime });
}

/** As {@link fitBinaryClassifier}, with what the networks said of rows held out. */
export function fitBinaryNetworks(input: FitBinaryInput): Promise<FittedNetworks> {
  checkLabels(input);
  const { table, labels, seed, thorough } = input;
  const taught = input.taught ?? true;
  const { teacherShare, recipe } = taughtRecipe(table.rows);
  const headsFor = (folds: Int32Array) => {
    const teacher = createTeacher({ table, labels, folds, seed, share: teacherShare, thorough });
    return (trainRows: Int32Array) => binaryHead(labels, teacher(trainRows));
  };
  return fitNetworks(taught ? { ...input, recipe: { ...recipe, ...input.recipe } } : input, {
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
  });
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
