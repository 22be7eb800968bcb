import * as tf from '@tensorflow/tfjs-core';
import { softplus } from '../calibration/calibrator.js';
import type { Head } from './head.js';

export interface SurvivalTimes {
  /** Periods a row was seen for, 1 up: it left in period `times - 1`, or was last seen staying in it. */
  readonly times: ArrayLike<number>;
  /** 1 when the row left in its last period, 0 when it was still there (right-censored). */
  readonly events: ArrayLike<number>;
}

/** Outputs of a survival network: the log odds of leaving at these many knots, spread evenly over log time. */
export const SURVIVAL_KNOTS = 6;

/**
 * How much each knot counts in each period: straight lines between the knots over the logarithm of time, so that
 * early weeks, where hazards bend, get more of them. Row-major, `SURVIVAL_KNOTS x periods`.
 */
export function survivalBasis(periods: number): Float32Array {
  const basis = new Float32Array(SURVIVAL_KNOTS * periods);
  for (let period = 0; period < periods; period += 1) {
    const at = (Math.log1p(period) / Math.max(1e-9, Math.log1p(periods - 1))) * (SURVIVAL_KNOTS - 1);
    const knot = Math.min(SURVIVAL_KNOTS - 2, Math.floor(at));
    basis[knot * periods + period] = 1 - (at - knot);
    basis[(knot + 1) * periods + period] = at - knot;
  }
  return basis;
}

/**
 * Time to leaving in whole periods, as a hazard per period: the negative log-likelihood of discrete-time survival
 * (Gensheimer & Narasimhan 2019). Rows not yet gone tell that they stayed so long, and are used.
 */
export function survivalHead({ times, events }: SurvivalTimes, periods: number): Head {
  const basis = survivalBasis(periods);
  return {
    outputs: SURVIVAL_KNOTS,
    initialBias: observedHazards({ times, events }, basis, periods),
    loss: (outputs, rows) => {
      const members = outputs[0]?.shape[1] ?? 1;
      const knots = tf.reshape(tf.stack([...outputs], 2), [rows.length * members, SURVIVAL_KNOTS]);
      const logits = tf.matMul(knots, tf.tensor2d(basis, [SURVIVAL_KNOTS, periods]));
      const seen = new Float32Array(rows.length * members * periods);
      const gone = new Float32Array(seen.length);
      rows.forEach((row, i) => {
        const time = Math.min(times[row] ?? 0, periods);
        for (let member = 0; member < members; member += 1) {
          const start = (i * members + member) * periods;
          seen.fill(1, start, start + time);
          if (events[row] === 1 && (times[row] ?? 0) <= periods && time > 0) {
            gone[start + time - 1] = 1;
          }
        }
      });
      const stable = tf.add(tf.relu(logits), tf.log1p(tf.exp(tf.neg(tf.abs(logits)))));
      const terms = tf.sub(
        tf.mul(stable, tf.tensor2d(seen, [rows.length * members, periods])),
        tf.mul(logits, tf.tensor2d(gone, [rows.length * members, periods])),
      );
      return tf.div(tf.sum(terms), rows.length * members);
    },
    validationLoss: (predictions, rows) => {
      let sum = 0;
      rows.forEach((row, i) => {
        const time = Math.min(times[row] ?? 0, periods);
        for (let period = 0; period < time; period += 1) {
          let logit = 0;
          for (let knot = 0; knot < SURVIVAL_KNOTS; knot += 1) {
            logit += (predictions[i * SURVIVAL_KNOTS + knot] ?? 0) * (basis[knot * periods + period] ?? 0);
          }
          const goes = events[row] === 1 && (times[row] ?? 0) <= periods && period === time - 1;
          sum += softplus(logit) - (goes ? logit : 0);
        }
      });
      return sum / Math.max(1, rows.length);
    },
  };
}

/** Log odds of leaving at each knot, as observed over all rows: an untrained network knows the common curve. */
function observedHazards({ times, events }: SurvivalTimes, basis: Float32Array, periods: number): number[] {
  const left = new Float64Array(periods);
  const seen = new Float64Array(periods);
  for (let row = 0; row < times.length; row += 1) {
    const time = times[row] ?? 0;
    for (let period = 0; period < Math.min(time, periods); period += 1) {
      seen[period] = (seen[period] ?? 0) + 1;
    }
    if (events[row] === 1 && time >= 1 && time <= periods) {
      left[time - 1] = (left[time - 1] ?? 0) + 1;
    }
  }
  return Array.from({ length: SURVIVAL_KNOTS }, (_, knot) => {
    const weights = basis.subarray(knot * periods, (knot + 1) * periods);
    const weighted = (counts: Float64Array) =>
      weights.reduce((sum, weight, period) => sum + weight * (counts[period] ?? 0), 0);
    const hazard = Math.min(0.9, Math.max(1e-4, weighted(left) / Math.max(1, weighted(seen))));
    return Math.log(hazard / (1 - hazard));
  });
}
