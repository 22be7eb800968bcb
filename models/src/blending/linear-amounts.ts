import type { EncodedRows } from '../networks/encode-rows.js';
import type { AmountTargets } from '../training/amount-targets.js';
import { spreadOf } from '../training/lognormal-head.js';
import { fitRidge, fitRidgeMean, type LinearLogit, linearLogits, meanOf } from './ridge-regression.js';

/** Which ridge is best can't be told from few rows, so each line is the mean over these. */
const RIDGES = [300, 1000];

/** Lines for the outputs of a lognormal head: log odds of any amount, mean of its logarithm, and one spread for all. */
export function fitLinearAmounts(
  encoded: EncodedRows,
  targets: AmountTargets,
  rows: Int32Array,
): LinearLogit[] {
  const { any, mean, variance } = targets;
  const odds = meanOf(RIDGES.map((ridge) => fitRidge(encoded, { labels: any, rows, ridge })));
  const logs = meanOf(
    RIDGES.map((ridge) => fitRidgeMean(encoded, { targets: mean, counts: any, rows, ridge })),
  );
  let [squared, total] = [0, 0];
  linearLogits(encoded, logs, rows).forEach((expected, i) => {
    const row = rows[i] ?? 0;
    const share = any[row] ?? 0;
    squared += share * ((expected - (mean[row] ?? 0)) ** 2 + (variance[row] ?? 0));
    total += share;
  });
  const spread = spreadOf(Math.sqrt(squared / Math.max(1e-9, total)));
  return [odds, logs, { weights: new Float64Array(encoded.width), intercept: spread }];
}
