import { z } from 'zod';

/**
 * A rising map from raw log odds to a probability.
 * - `platt`: sigmoid(slope x logit + intercept) (Platt 1999).
 * - `beta`: sigmoid(a ln p - b ln(1-p) + c) for p = sigmoid(logit) (Kull et al. 2017).
 * - `isotonic`: steps between `logits`, joined by straight lines, level outside them.
 */
export const calibratorSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('platt'), slope: z.number(), intercept: z.number() }),
  z.object({ kind: z.literal('beta'), a: z.number().min(0), b: z.number().min(0), c: z.number() }),
  z.object({
    kind: z.literal('isotonic'),
    logits: z.array(z.number()).min(1),
    probabilities: z.array(z.number().min(0).max(1)).min(1),
  }),
]);

export type Calibrator = z.infer<typeof calibratorSchema>;
export type CalibratorKind = Calibrator['kind'];

/** Leaves probabilities as the network gives them. */
export const IDENTITY_CALIBRATOR: Calibrator = { kind: 'platt', slope: 1, intercept: 0 };

/** The probability for a raw log odds. */
export function calibrate(calibrator: Calibrator, logit: number): number {
  switch (calibrator.kind) {
    case 'platt':
      return sigmoid(calibrator.slope * logit + calibrator.intercept);
    case 'beta':
      return sigmoid(-calibrator.a * softplus(-logit) + calibrator.b * softplus(logit) + calibrator.c);
    case 'isotonic':
      return interpolate(calibrator.logits, calibrator.probabilities, logit);
  }
}

export function sigmoid(x: number): number {
  return x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x));
}

/** ln(1 + e^x) without overflow. */
export function softplus(x: number): number {
  return Math.max(0, x) + Math.log1p(Math.exp(-Math.abs(x)));
}

function interpolate(xs: readonly number[], ys: readonly number[], x: number): number {
  let low = 0;
  let high = xs.length - 1;
  if (x <= (xs[low] ?? x)) {
    return ys[low] ?? 0;
  }
  if (x >= (xs[high] ?? x)) {
    return ys[high] ?? 0;
  }
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((xs[middle] ?? 0) <= x) {
      low = middle;
    } else {
      high = middle;
    }
  }
  const [x0 = 0, x1 = 0, y0 = 0, y1 = 0] = [xs[low], xs[high], ys[low], ys[high]];
  return y0 + ((y1 - y0) * (x - x0)) / (x1 - x0);
}
