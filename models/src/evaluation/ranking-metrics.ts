// Kernels over typed arrays: `order` holds row indices below the arrays' lengths.

/** Row indices by falling score; rows with equal scores in rising index. */
export function byFallingScore(scores: ArrayLike<number>): Int32Array {
  return Int32Array.from({ length: scores.length }, (_, i) => i).sort(
    (a, b) => (scores[b] as number) - (scores[a] as number) || a - b,
  );
}

export interface WeightedRows {
  readonly labels: ArrayLike<number>;
  readonly scores: ArrayLike<number>;
  /** Row indices by falling score. */
  readonly order: Int32Array;
  /** How often each row counts (a bootstrap resample); once each when left out. */
  readonly weights?: ArrayLike<number>;
}

/**
 * Area under the ROC curve: the probability that a positive scores above a negative, ties counted half (Mann-Whitney).
 * NaN when a class is missing.
 */
export function areaUnderRoc({ labels, scores, order, weights }: WeightedRows): number {
  let wins = 0;
  let positives = 0;
  let negatives = 0;
  for (let start = 0; start < order.length; ) {
    const score = scores[order[start] as number];
    let tiedPositives = 0;
    let tiedNegatives = 0;
    let end = start;
    for (; end < order.length && scores[order[end] as number] === score; end += 1) {
      const row = order[end] as number;
      const weight = weights === undefined ? 1 : (weights[row] as number);
      if (labels[row] === 1) {
        tiedPositives += weight;
      } else {
        tiedNegatives += weight;
      }
    }
    wins += tiedNegatives * (positives + tiedPositives / 2);
    positives += tiedPositives;
    negatives += tiedNegatives;
    start = end;
  }
  return wins / (positives * negatives);
}

/** Average precision: the sum of precision times rise in recall over distinct scores, as scikit-learn defines it. */
export function averagePrecision({ labels, scores, order, weights }: WeightedRows): number {
  let sum = 0;
  let positives = 0;
  let seen = 0;
  for (let start = 0; start < order.length; ) {
    const score = scores[order[start] as number];
    let tiedPositives = 0;
    let end = start;
    for (; end < order.length && scores[order[end] as number] === score; end += 1) {
      const row = order[end] as number;
      const weight = weights === undefined ? 1 : (weights[row] as number);
      seen += weight;
      if (labels[row] === 1) {
        tiedPositives += weight;
      }
    }
    positives += tiedPositives;
    sum += seen > 0 ? tiedPositives * (positives / seen) : 0;
    start = end;
  }
  return sum / positives;
}

/** {@link areaUnderRoc} of plain arrays. @param labels 1 or 0 per row */
export function auc(labels: ArrayLike<number>, scores: ArrayLike<number>): number {
  return areaUnderRoc({ labels, scores, order: byFallingScore(scores) });
}
