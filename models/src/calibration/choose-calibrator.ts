import { stratifiedFolds } from '../tables/stratified-folds.js';
import { type Calibrator, type CalibratorKind, IDENTITY_CALIBRATOR } from './calibrator.js';
import { type CalibrationData, calibratedLogLoss, fitCalibrator } from './fit-calibrator.js';

export interface ChosenCalibrator {
  readonly calibrator: Calibrator;
  /** Held-out log loss of each way, `none` for the raw probabilities; empty with too few rows to compare. */
  readonly heldOutLogLoss: Readonly<Partial<Record<CalibratorKind | 'none', number>>>;
}

const KINDS: readonly CalibratorKind[] = ['platt', 'beta', 'isotonic'];
const FOLDS = 5;
const MIN_PER_CLASS = 25;

/**
 * Fits Platt, beta and isotonic calibration on out-of-sample logits and keeps the one with the best cross-validated
 * log loss; refits it on all rows. With fewer than 25 rows of a class nothing can be told apart: the raw
 * probabilities are kept.
 */
export function chooseCalibrator(data: CalibrationData, seed: number): ChosenCalibrator {
  const positives = Array.from(data.labels).reduce((sum, label) => sum + label, 0);
  if (Math.min(positives, data.labels.length - positives) < MIN_PER_CLASS) {
    return { calibrator: IDENTITY_CALIBRATOR, heldOutLogLoss: {} };
  }
  const folds = stratifiedFolds(data.labels, { folds: FOLDS, seed });
  const heldOutLogLoss: Partial<Record<CalibratorKind | 'none', number>> = {
    none: calibratedLogLoss(IDENTITY_CALIBRATOR, data),
  };
  let best: CalibratorKind = 'platt';
  for (const kind of KINDS) {
    let sum = 0;
    for (let fold = 0; fold < FOLDS; fold += 1) {
      const inside = part(data, (row) => folds[row] === fold);
      const outside = part(data, (row) => folds[row] !== fold);
      sum += calibratedLogLoss(fitCalibrator(kind, outside), inside) * inside.logits.length;
    }
    heldOutLogLoss[kind] = sum / data.labels.length;
    if ((heldOutLogLoss[kind] ?? 0) < (heldOutLogLoss[best] ?? Number.POSITIVE_INFINITY)) {
      best = kind;
    }
  }
  return { calibrator: fitCalibrator(best, data), heldOutLogLoss };
}

function part({ logits, labels }: CalibrationData, holds: (row: number) => boolean): CalibrationData {
  const rows = Array.from({ length: labels.length }, (_, row) => row).filter(holds);
  return {
    logits: Float64Array.from(rows, (row) => logits[row] ?? 0),
    labels: Int32Array.from(rows, (row) => labels[row] ?? 0),
  };
}
