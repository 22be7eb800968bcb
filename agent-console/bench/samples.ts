/** How many, and where their middle, the 95th of a hundred and the worst are. */
export type Summary = { count: number; p50: number; p95: number; worst: number };

/** Sums up samples; nulls where there are none. @param samples in any unit, in any order */
export function summaryOf(samples: readonly number[]): Summary {
  const sorted = [...samples].sort((a, b) => a - b);
  const at = (share: number): number =>
    Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN) * 10) /
    10;
  return { count: sorted.length, p50: at(0.5), p95: at(0.95), worst: at(1) };
}

/** The middle one. */
export function median(samples: readonly number[]): number {
  return summaryOf(samples).p50;
}
