/** What is known, or taught, of each row's amount. Numbers per row. */
export type AmountTargets = {
  /** How probable any amount is; 1 or 0 where it is known. */
  readonly any: Float64Array;
  /** Mean of its logarithm if there is one. */
  readonly mean: Float64Array;
  /** Variance of its logarithm around that mean; 0 where it is known. */
  readonly variance: Float64Array;
};

/** @param amounts zero or more per row */
export function knownAmounts(amounts: ArrayLike<number>): AmountTargets {
  return {
    any: Float64Array.from(amounts, (amount) => (amount > 0 ? 1 : 0)),
    mean: Float64Array.from(amounts, (amount) => (amount > 0 ? Math.log(amount) : 0)),
    variance: new Float64Array(amounts.length),
  };
}

/**
 * Targets softened by a teacher: with probability `share` a row's amount is one that the teacher would draw, else the
 * known one; mean and variance are those of that mixture, over the cases with an amount.
 */
export function softenAmounts(known: AmountTargets, teacher: AmountTargets, share: number): AmountTargets {
  const rows = known.any.length;
  const mixed: AmountTargets = {
    any: new Float64Array(rows),
    mean: new Float64Array(rows),
    variance: new Float64Array(rows),
  };
  for (let row = 0; row < rows; row += 1) {
    const own = (1 - share) * (known.any[row] ?? 0);
    const taught = share * (teacher.any[row] ?? 0);
    const any = own + taught;
    const [ownMean, taughtMean] = [known.mean[row] ?? 0, teacher.mean[row] ?? 0];
    const mean = any === 0 ? 0 : (own * ownMean + taught * taughtMean) / any;
    const spread =
      own * ((known.variance[row] ?? 0) + (ownMean - mean) ** 2) +
      taught * ((teacher.variance[row] ?? 0) + (taughtMean - mean) ** 2);
    mixed.any[row] = any;
    mixed.mean[row] = mean;
    mixed.variance[row] = any === 0 ? 0 : spread / any;
  }
  return mixed;
}
