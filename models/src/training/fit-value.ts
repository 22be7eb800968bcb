import { IDENTITY_CALIBRATOR } from '../calibration/calibrator.js';
import { ValueModel } from '../serving/value-model.js';
import { type AmountTargets, knownAmounts, softenAmounts } from './amount-targets.js';
import { type FitInput, type FittedNetworks, fitNetworks } from './fit-networks.js';
import { lognormalHead } from './lognormal-head.js';

export interface FitValueInput extends FitInput {
  /** Zero or more per row, e.g. the margin of the next year. */
  readonly amounts: ArrayLike<number>;
  /** What something that knows more than single rows (a statistical model of buying) expects of each row. */
  readonly teacher?: AmountTargets | undefined;
}

/** The teacher knows as much as so many rows: its part in what is learned is 1 of 2 where there are as many. */
const TEACHER_ROWS = 2000;

/** What is learned: what came, softened by the teacher the more the fewer rows there are. */
export function targetsOf({ amounts, teacher }: Pick<FitValueInput, 'amounts' | 'teacher'>): AmountTargets {
  const known = knownAmounts(amounts);
  const share = TEACHER_ROWS / (TEACHER_ROWS + amounts.length);
  return teacher === undefined ? known : softenAmounts(known, teacher, share);
}

/**
 * Fits expected amounts with a zero-inflated lognormal network.
 *
 * @throws Error when lengths differ, or an amount is negative or not finite
 */
export async function fitValue(input: FitValueInput): Promise<ValueModel> {
  const { artifact, scorer } = await fitValueNetworks(input);
  return new ValueModel(artifact, scorer);
}

/** As {@link fitValue}, with what the networks said of rows held out. */
export function fitValueNetworks(input: FitValueInput): Promise<FittedNetworks> {
  const { amounts, table, teacher } = input;
  if (amounts.length !== table.rows) {
    throw new Error(`Expected one amount per row, got ${amounts.length} for ${table.rows} rows`);
  }
  for (let row = 0; row < amounts.length; row += 1) {
    const amount = amounts[row] ?? Number.NaN;
    if (!(amount >= 0 && amount < Number.POSITIVE_INFINITY)) {
      throw new Error(`Expected the amount of row ${row} to be zero or more, got ${amount}`);
    }
  }
  const known = knownAmounts(amounts);
  const taught = teacher && lognormalHead(targetsOf(input));
  return fitNetworks(input, {
    kind: 'zero-inflated-lognormal',
    head: lognormalHead(known),
    ...(taught && { headsFor: () => () => taught }),
    labels: amounts,
    classes: known.any,
    calibrate: () => ({ calibrator: IDENTITY_CALIBRATOR, heldOutLogLoss: {} }),
  });
}
