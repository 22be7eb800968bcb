import { byFallingScore } from './ranking-metrics.js';

export interface CalibrationPoint {
  readonly n: number;
  /** Mean predicted probability of the bin. */
  readonly predicted: number;
  /** Share of positives in it. */
  readonly observed: number;
  /** 95 % Wilson interval of that share. */
  readonly low: number;
  readonly high: number;
}

/** Predicted against observed shares in bins with equally many rows, lowest probabilities first. */
export function calibrationCurve(
  labels: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  bins = 10,
): CalibrationPoint[] {
  const order = byFallingScore(probabilities).reverse();
  const count = Math.min(bins, order.length);
  return Array.from({ length: count }, (_, bin) => {
    const rows = order.subarray(
      Math.round((bin * order.length) / count),
      Math.round(((bin + 1) * order.length) / count),
    );
    const positives = rows.reduce((sum, row) => sum + (labels[row] ?? 0), 0);
    return {
      n: rows.length,
      predicted: rows.reduce((sum, row) => sum + (probabilities[row] ?? 0), 0) / rows.length,
      observed: positives / rows.length,
      ...wilsonInterval(positives, rows.length),
    };
  });
}

/** 95 % interval of a share (Wilson 1927): stays within 0 and 1, also for few rows. */
export function wilsonInterval(positives: number, n: number): { low: number; high: number } {
  const z = 1.959964;
  const share = positives / n;
  const middle = (share + (z * z) / (2 * n)) / (1 + (z * z) / n);
  const half = (z / (1 + (z * z) / n)) * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
  return { low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}
