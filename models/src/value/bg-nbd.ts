import { maximiseLikelihood } from './maximise-likelihood.js';
import { expectRepeats, groupBySameHistory, type Observed } from './same-history.js';
import { hypergeometric, logGamma } from './special-functions.js';

/**
 * BG/NBD (Fader, Hardie & Lee 2005): each customer buys at a rate of their own, gamma(r, alpha), and after each purchase
 * stops for good with a probability of their own, beta(a, b). Time in days: alpha is in days.
 */
export type BgNbd = {
  readonly r: number;
  readonly alpha: number;
  readonly a: number;
  readonly b: number;
  /** Mean log likelihood per customer. */
  readonly logLikelihood: number;
  readonly customers: number;
};

/** Fits the four parameters by maximum likelihood. @throws Error without any repeat purchase */
export function fitBgNbd(customers: readonly Observed[]): BgNbd {
  expectRepeats(customers);
  const groups = groupBySameHistory(customers);
  // In weeks the parameters are of similar size, which the search likes; alpha is turned back into days.
  const { parameters, logLikelihood } = maximiseLikelihood(
    ([r = 1, alpha = 1, a = 1, b = 1]) => {
      let sum = 0;
      for (const { customer, count } of groups) {
        sum += count * logLikelihoodOf({ r, alpha: alpha * 7, a, b }, customer);
      }
      return sum / customers.length;
    },
    [1, 4, 1, 1],
  );
  const [r = 1, alpha = 1, a = 1, b = 1] = parameters;
  return { r, alpha: alpha * 7, a, b, logLikelihood, customers: customers.length };
}

type Parameters = Pick<BgNbd, 'r' | 'alpha' | 'a' | 'b'>;

/** Equation (6) of the paper, in logarithms. */
function logLikelihoodOf({ r, alpha, a, b }: Parameters, { repeats: x, recency, age }: Observed): number {
  const common =
    logGamma(r + x) -
    logGamma(r) +
    r * Math.log(alpha) +
    logGamma(a + b) +
    logGamma(b + x) -
    logGamma(b) -
    logGamma(a + b + x);
  const alive = -(r + x) * Math.log(alpha + age);
  if (x === 0) {
    return common + alive;
  }
  const gone = Math.log(a / (b + x - 1)) - (r + x) * Math.log(alpha + recency);
  const larger = Math.max(alive, gone);
  return common + larger + Math.log(Math.exp(alive - larger) + Math.exp(gone - larger));
}

/** Odds that the customer has stopped: the second term of the likelihood over the first. */
function goneOdds({ r, alpha, a, b }: Parameters, { repeats: x, recency, age }: Observed): number {
  return x === 0 ? 0 : (a / (b + x - 1)) * ((alpha + age) / (alpha + recency)) ** (r + x);
}

/** Probability that the customer still buys. 1 without repeats: the model lets nobody stop before a purchase. */
export function probabilityAlive(model: Parameters, customer: Observed): number {
  return 1 / (1 + goneOdds(model, customer));
}

/** Days with an order to expect in the next `days` days (equation 10). */
export function expectedPurchases(model: Parameters, customer: Observed, days: number): number {
  const { r, alpha, a, b } = model;
  const { repeats: x, age } = customer;
  const z = days / (alpha + age + days);
  const still = ((alpha + age) / (alpha + age + days)) ** (r + x);
  const series = hypergeometric(r + x, b + x, { c: a + b + x - 1, z });
  return (((a + b + x - 1) / (a - 1)) * (1 - still * series)) / (1 + goneOdds(model, customer));
}
