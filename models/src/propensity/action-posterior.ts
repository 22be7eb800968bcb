import { z } from 'zod';
import { sigmoid } from '../calibration/calibrator.js';

/**
 * What is known of one action beyond the network: a Gaussian over weights of a few inputs (the first is the constant 1),
 * added to the network's log odds. Starts at zero, so that an action nobody has seen scores as the network expects from
 * its group, channel and tags.
 */
export const actionPosteriorSchema = z.object({
  mean: z.array(z.number()),
  /** Covariance, row-major. */
  covariance: z.array(z.number()),
  /** Outcomes learned from. */
  outcomes: z.int().min(0),
});
export type ActionPosterior = z.infer<typeof actionPosteriorSchema>;

/** The state before any outcome. @param variances prior variance per input, in squared log odds */
export function priorPosterior(variances: readonly number[]): ActionPosterior {
  return {
    mean: variances.map(() => 0),
    covariance: variances.flatMap((variance, row) =>
      variances.map((_, column) => (row === column ? variance : 0)),
    ),
    outcomes: 0,
  };
}

/** What the posterior adds to the log odds for these inputs, and the variance of that. */
export function adjustment(
  { mean, covariance }: ActionPosterior,
  inputs: readonly number[],
): { readonly shift: number; readonly variance: number } {
  const size = inputs.length;
  let shift = 0;
  let variance = 0;
  for (let row = 0; row < size; row += 1) {
    let spread = 0;
    for (let column = 0; column < size; column += 1) {
      spread += (covariance[row * size + column] ?? 0) * (inputs[column] ?? 0);
    }
    shift += (mean[row] ?? 0) * (inputs[row] ?? 0);
    variance += spread * (inputs[row] ?? 0);
  }
  return { shift, variance: Math.max(0, variance) };
}

type Outcome = { readonly logit: number; readonly inputs: readonly number[]; readonly yes: boolean };

function stepFor(
  posterior: ActionPosterior,
  { logit, inputs }: Pick<Outcome, 'logit' | 'inputs'>,
): { spread: number[]; gain: number; probability: number; curvature: number } {
  const spread = times(posterior.covariance, inputs);
  const variance = Math.max(0, dot(spread, inputs));
  const probability = sigmoid(moderated(logit + dot(posterior.mean, inputs), variance));
  const curvature = Math.max(1e-6, probability * (1 - probability));
  return { spread, gain: 1 / (1 + curvature * variance), probability, curvature };
}

/**
 * The posterior after one outcome: a Newton step of the logistic log likelihood with the covariance updated by the
 * outcome's curvature (online Laplace; Spiegelhalter & Lauritzen 1990, MacKay 1992 for the averaged curvature). Pure.
 *
 * @param logit the network's log odds for the offer, without the adjustment
 */
export function learned(posterior: ActionPosterior, outcome: Outcome): ActionPosterior {
  const { spread, gain, probability, curvature } = stepFor(posterior, outcome);
  const error = (outcome.yes ? 1 : 0) - probability;
  const size = outcome.inputs.length;
  return {
    mean: posterior.mean.map((value, i) => value + gain * error * (spread[i] ?? 0)),
    covariance: posterior.covariance.map(
      (value, at) =>
        value - curvature * gain * (spread[Math.floor(at / size)] ?? 0) * (spread[at % size] ?? 0),
    ),
    outcomes: posterior.outcomes + 1,
  };
}

/**
 * The posterior after a silence that was learned as a no turned out to be a yes: the no's pull is taken back and the yes's
 * put in its place, which together is one unit of error whatever was expected. How sure the posterior is stays, as
 * either answer tells about as much.
 */
export function corrected(
  posterior: ActionPosterior,
  offer: Pick<Outcome, 'logit' | 'inputs'>,
): ActionPosterior {
  const { spread, gain } = stepFor(posterior, offer);
  return { ...posterior, mean: posterior.mean.map((value, i) => value + gain * (spread[i] ?? 0)) };
}

/** Log odds of the mean probability where log odds are uncertain (MacKay 1992). */
export function moderated(logit: number, variance: number): number {
  return logit / Math.sqrt(1 + (Math.PI * variance) / 8);
}

function times(matrix: readonly number[], vector: readonly number[]): number[] {
  const size = vector.length;
  const product: number[] = [];
  for (let row = 0; row < size; row += 1) {
    let sum = 0;
    for (let column = 0; column < size; column += 1) {
      sum += (matrix[row * size + column] ?? 0) * (vector[column] ?? 0);
    }
    product.push(sum);
  }
  return product;
}

function dot(a: readonly number[], b: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) {
    sum += (a[i] ?? 0) * (b[i] ?? 0);
  }
  return sum;
}
