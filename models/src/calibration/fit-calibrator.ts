import { type Calibrator, type CalibratorKind, calibrate, softplus } from './calibrator.js';
import { fitLogisticMap } from './fit-logistic-map.js';

export interface CalibrationData {
  /** Raw log odds of rows the network was not trained on. */
  readonly logits: ArrayLike<number>;
  /** 1 or 0 per row. */
  readonly labels: ArrayLike<number>;
}

/** Fits one kind of calibrator. */
export function fitCalibrator(kind: CalibratorKind, data: CalibrationData): Calibrator {
  switch (kind) {
    case 'platt':
      return fitPlatt(data);
    case 'beta':
      return fitBeta(data);
    case 'isotonic':
      return fitIsotonic(data);
  }
}

// Platt's targets: as if one more row of each class had been seen, so that a perfect split stays finite.
function smoothedTargets(labels: ArrayLike<number>): Float64Array {
  const rows = Array.from(labels);
  const positives = rows.reduce((sum, label) => sum + label, 0);
  const yes = (positives + 1) / (positives + 2);
  const no = 1 / (rows.length - positives + 2);
  return Float64Array.from(rows, (label) => (label === 1 ? yes : no));
}

function fitPlatt({ logits, labels }: CalibrationData): Calibrator {
  const ones = new Float64Array(logits.length).fill(1);
  const [slope = 1, intercept = 0] = fitLogisticMap([logits, ones], smoothedTargets(labels), [1, 0]);
  return { kind: 'platt', slope: Math.max(0, slope), intercept };
}

function fitBeta({ logits, labels }: CalibrationData): Calibrator {
  const lower = Float64Array.from(logits, (logit) => -softplus(-logit));
  const upper = Float64Array.from(logits, (logit) => softplus(logit));
  const ones = new Float64Array(logits.length).fill(1);
  const targets = smoothedTargets(labels);
  const [a = 1, b = 1, c = 0] = fitLogisticMap([lower, upper, ones], targets, [1, 1, 0]);
  if (a >= 0 && b >= 0) {
    return { kind: 'beta', a, b, c };
  }
  // A negative side would make the map fall: drop that side, as Kull et al. do.
  const [side = 1, intercept = 0] = fitLogisticMap([a < 0 ? upper : lower, ones], targets, [1, 0]);
  return a < 0
    ? { kind: 'beta', a: 0, b: Math.max(0, side), c: intercept }
    : { kind: 'beta', a: Math.max(0, side), b: 0, c: intercept };
}

/** Pool adjacent violators; the ends keep off 0 and 1 as if half a row more of the other class had been seen. */
function fitIsotonic({ logits, labels }: CalibrationData): Calibrator {
  const order = Array.from({ length: logits.length }, (_, i) => i).sort(
    (i, j) => (logits[i] ?? 0) - (logits[j] ?? 0),
  );
  const blocks: { weight: number; positives: number; logits: number }[] = [];
  for (const row of order) {
    let block = { weight: 1, positives: labels[row] ?? 0, logits: logits[row] ?? 0 };
    for (let last = blocks.at(-1); last !== undefined; last = blocks.at(-1)) {
      if (last.positives / last.weight < block.positives / block.weight) {
        break;
      }
      blocks.pop();
      block = {
        weight: last.weight + block.weight,
        positives: last.positives + block.positives,
        logits: last.logits + block.logits,
      };
    }
    blocks.push(block);
  }
  const probabilities = blocks.map(({ weight, positives }) =>
    Math.min(1 - 0.5 / (weight + 1), Math.max(0.5 / (weight + 1), positives / weight)),
  );
  // The clipping above may disturb the order of small blocks at the ends.
  for (let i = 1; i < probabilities.length; i += 1) {
    probabilities[i] = Math.max(probabilities[i] ?? 0, probabilities[i - 1] ?? 0);
  }
  return { kind: 'isotonic', logits: blocks.map(({ weight, logits: sum }) => sum / weight), probabilities };
}

/** Mean negative log-likelihood of labels under calibrated logits. */
export function calibratedLogLoss(calibrator: Calibrator, { logits, labels }: CalibrationData): number {
  let sum = 0;
  for (let row = 0; row < logits.length; row += 1) {
    const p = Math.min(1 - 1e-7, Math.max(1e-7, calibrate(calibrator, logits[row] ?? 0)));
    sum -= Math.log(labels[row] === 1 ? p : 1 - p);
  }
  return sum / Math.max(1, logits.length);
}
