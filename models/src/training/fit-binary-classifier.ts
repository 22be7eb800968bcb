import { chooseCalibrator } from '../calibration/choose-calibrator.js';
import { BinaryClassifier } from '../serving/binary-classifier.js';
import { binaryHead } from './binary-head.js';
import { type FitInput, fitNetworks } from './fit-networks.js';

export interface FitBinaryInput extends FitInput {
  /** 1 or 0 per row. */
  readonly labels: ArrayLike<number>;
}

const MIN_ROWS = 20;
const MIN_PER_CLASS = 5;

/**
 * Fits the default network to a table with a yes/no label (see {@link fitNetworks}) and calibrates it on scores of
 * rows held out.
 *
 * @throws Error when there are too few rows, a label is not 0 or 1, or only one class occurs
 */
export async function fitBinaryClassifier(input: FitBinaryInput): Promise<BinaryClassifier> {
  checkLabels(input);
  const { labels, seed } = input;
  const { artifact, scorer, outOfTime } = await fitNetworks(input, {
    kind: 'binary',
    head: binaryHead(labels),
    labels,
    classes: labels,
    calibrate: (outOfFold) => {
      const probed = Array.from(outOfFold.keys()).filter((row) => !Number.isNaN(outOfFold[row]));
      const logits = Float32Array.from(probed, (row) => outOfFold[row] ?? 0);
      return chooseCalibrator({ logits, labels: Int32Array.from(probed, (row) => labels[row] ?? 0) }, seed);
    },
  });
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
