import { byFallingScore } from './ranking-metrics.js';

export interface Decile {
  /** 1 holds the highest scores. */
  readonly decile: number;
  readonly n: number;
  readonly positives: number;
  readonly meanScore: number;
  /** Positives per row here, over positives per row in all. */
  readonly lift: number;
  /** Share of all positives in this decile and those above it. */
  readonly gain: number;
}

/** Rows in ten parts by falling score: how much better than chance it is to start from the top. */
export function gainsByDecile(labels: ArrayLike<number>, scores: ArrayLike<number>): Decile[] {
  const order = byFallingScore(scores);
  const n = order.length;
  let total = 0;
  for (let row = 0; row < n; row += 1) {
    total += labels[row] ?? 0;
  }
  let found = 0;
  return Array.from({ length: Math.min(10, n) }, (_, index) => {
    const parts = Math.min(10, n);
    const rows = order.subarray(Math.round((index * n) / parts), Math.round(((index + 1) * n) / parts));
    const positives = rows.reduce((sum, row) => sum + (labels[row] ?? 0), 0);
    found += positives;
    return {
      decile: index + 1,
      n: rows.length,
      positives,
      meanScore: rows.reduce((sum, row) => sum + (scores[row] ?? 0), 0) / rows.length,
      lift: positives / rows.length / (total / n),
      gain: found / total,
    };
  });
}
