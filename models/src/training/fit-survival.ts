import { IDENTITY_CALIBRATOR } from '../calibration/calibrator.js';
import { SurvivalModel } from '../serving/survival-model.js';
import { type FitInput, fitNetworks } from './fit-networks.js';
import { type SurvivalTimes, survivalHead } from './survival-head.js';

export interface FitSurvivalInput extends FitInput, SurvivalTimes {
  /** Periods the model looks ahead, e.g. 52 weeks. Longer times count as censored there. */
  readonly periods: number;
}

/**
 * Fits a discrete-time survival network: one model that answers "gone by when", right-censored rows used.
 *
 * @throws Error when lengths differ, a time is below 1, or nobody left
 */
export async function fitSurvival(input: FitSurvivalInput): Promise<SurvivalModel> {
  const { times, events, table, periods } = input;
  if (times.length !== table.rows || events.length !== table.rows) {
    throw new Error(
      `Expected a time and an event per row, got ${times.length} and ${events.length} for ${table.rows} rows`,
    );
  }
  for (let row = 0; row < times.length; row += 1) {
    const time = times[row] ?? 0;
    if (!Number.isInteger(time) || time < 1) {
      throw new Error(`Expected the time of row ${row} to be a whole number of at least 1, got ${time}`);
    }
  }
  const labels = Float64Array.from(
    { length: table.rows },
    (_, row) => (times[row] ?? 0) * (events[row] === 1 ? 1 : -1),
  );
  const { artifact, scorer } = await fitNetworks(input, {
    kind: 'survival',
    head: survivalHead({ times, events }, periods),
    labels,
    classes: events,
    calibrate: () => ({ calibrator: IDENTITY_CALIBRATOR, heldOutLogLoss: {} }),
    notes: { periods },
  });
  return new SurvivalModel(artifact, scorer);
}
