import { IDENTITY_CALIBRATOR } from '../calibration/calibrator.js';
import { ValueModel } from '../serving/value-model.js';
import { type FitInput, fitNetworks } from './fit-networks.js';
import { lognormalHead } from './lognormal-head.js';

export interface FitValueInput extends FitInput {
  /** Zero or more per row, e.g. the margin of the next year. */
  readonly amounts: ArrayLike<number>;
}

/**
 * Fits expected amounts with a zero-inflated lognormal network.
 *
 * @throws Error when lengths differ, or an amount is negative or not finite
 */
export async function fitValue(input: FitValueInput): Promise<ValueModel> {
  const { amounts, table } = input;
  if (amounts.length !== table.rows) {
    throw new Error(`Expected one amount per row, got ${amounts.length} for ${table.rows} rows`);
  }
  for (let row = 0; row < amounts.length; row += 1) {
    const amount = amounts[row] ?? Number.NaN;
    if (!(amount >= 0 && amount < Number.POSITIVE_INFINITY)) {
      throw new Error(`Expected the amount of row ${row} to be zero or more, got ${amount}`);
    }
  }
  const { artifact, scorer } = await fitNetworks(input, {
    kind: 'zero-inflated-lognormal',
    head: lognormalHead(amounts),
    labels: amounts,
    classes: Uint8Array.from({ length: table.rows }, (_, row) => ((amounts[row] ?? 0) > 0 ? 1 : 0)),
    calibrate: () => ({ calibrator: IDENTITY_CALIBRATOR, heldOutLogLoss: {} }),
  });
  return new ValueModel(artifact, scorer);
}
