import { maximiseLikelihood } from './maximise-likelihood.js';
import type { PurchaseSummary } from './purchase-summary.js';
import { logGamma } from './special-functions.js';

/**
 * Gamma-Gamma (Fader & Hardie 2013): purchases of a customer vary around a mean of their own, gamma(p, nu), and those
 * means over customers by nu ~ gamma(q, v). Takes spending to be independent of how often one buys.
 */
export type GammaGamma = {
  readonly p: number;
  readonly q: number;
  readonly v: number;
  readonly logLikelihood: number;
  readonly customers: number;
};

type Observed = Pick<PurchaseSummary, 'repeats' | 'repeatValue'>;

/** Fits the three parameters to customers with repeats by maximum likelihood. @throws Error with fewer than two */
export function fitGammaGamma(customers: readonly Observed[]): GammaGamma {
  const buyers = customers.filter(({ repeats, repeatValue }) => repeats > 0 && repeatValue > 0);
  if (buyers.length < 2) {
    throw new Error(
      `Expected at least 2 customers who came back and spent something, got ${buyers.length}: there is nothing to learn about spending.`,
    );
  }
  const mean = buyers.reduce((sum, { repeatValue }) => sum + repeatValue, 0) / buyers.length;
  const { parameters, logLikelihood } = maximiseLikelihood(
    ([p = 1, q = 1, v = 1]) =>
      buyers.reduce((sum, buyer) => sum + logLikelihoodOf({ p, q, v: v * mean }, buyer), 0) / buyers.length,
    [6, 4, 1],
  );
  const [p = 1, q = 1, v = 1] = parameters;
  return { p, q, v: v * mean, logLikelihood, customers: buyers.length };
}

type Parameters = Pick<GammaGamma, 'p' | 'q' | 'v'>;

function logLikelihoodOf({ p, q, v }: Parameters, { repeats: x, repeatValue: mean }: Observed): number {
  return (
    logGamma(p * x + q) -
    logGamma(p * x) -
    logGamma(q) +
    q * Math.log(v) +
    (p * x - 1) * Math.log(mean) +
    p * x * Math.log(x) -
    (p * x + q) * Math.log(x * mean + v)
  );
}

/** What a purchase of the customer is expected to bring: their own average, pulled to everyone's while it is young. */
export function expectedValue({ p, q, v }: Parameters, { repeats: x, repeatValue }: Observed): number {
  return (p * (v + x * repeatValue)) / (p * x + q - 1);
}
