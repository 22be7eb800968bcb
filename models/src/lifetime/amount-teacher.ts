import { fitRidge, fitRidgeMean, linearLogits } from '../blending/ridge-regression.js';
import { sigmoid } from '../calibration/calibrator.js';
import { encodeRows } from '../networks/encode-rows.js';
import { fitEncoding } from '../networks/fit-encoding.js';
import { createTable, numericColumn } from '../tables/table.js';
import { type AmountTargets, knownAmounts } from '../training/amount-targets.js';
import { expectedValue } from '../value/gamma-gamma.js';
import { purchasesAhead } from '../value/pareto-nbd.js';
import type { BuyTillYouDie } from './buy-till-you-die.js';
import type { Aftermath } from './lifetime-rows.js';

/** Two inputs need no more than this against endless weights. */
const RIDGE = 1;
const SMALLEST = 1e-6;

/**
 * What the classical models make of each row, as a teacher: whether anything is spent and how much, from the logarithms
 * of the purchases and the order value they expect. With few customers they know more than any network can find out.
 */
export function amountTeacher(
  { paretoNbd, spending }: BuyTillYouDie,
  rows: readonly Aftermath[],
  horizonDays: number,
): AmountTargets {
  const log = (value: number) => Math.log(Math.max(SMALLEST, value));
  const table = createTable([
    numericColumn(
      'purchases',
      rows.map(({ summary }) => log(purchasesAhead(paretoNbd, summary, horizonDays))),
    ),
    numericColumn(
      'order value',
      rows.map(({ summary }) => log(expectedValue(spending, summary))),
    ),
  ]);
  const known = knownAmounts(rows.map(({ margin }) => margin));
  const all = Int32Array.from(rows.keys());
  const encoded = encodeRows(table, fitEncoding(table));
  const odds = fitRidge(encoded, { labels: known.any, rows: all, ridge: RIDGE });
  const logs = fitRidgeMean(encoded, { targets: known.mean, counts: known.any, rows: all, ridge: RIDGE });
  const mean = linearLogits(encoded, logs, all);
  const spent = known.any.reduce((sum, any) => sum + any, 0);
  const squared = mean.reduce(
    (sum, expected, row) => sum + (known.any[row] ?? 0) * (expected - (known.mean[row] ?? 0)) ** 2,
    0,
  );
  return {
    any: linearLogits(encoded, odds, all).map(sigmoid),
    mean,
    variance: new Float64Array(rows.length).fill(squared / Math.max(1, spent)),
  };
}
