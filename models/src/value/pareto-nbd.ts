import { maximiseLikelihood } from './maximise-likelihood.js';
import { expectRepeats, groupBySameHistory, type Observed } from './same-history.js';
import { logGamma } from './special-functions.js';

/**
 * Pareto/NBD (Schmittlein, Morrison & Colombo 1987): each customer buys at a rate of their own, gamma(r, alpha), until
 * they stop for good, at any moment, with a rate of their own, gamma(s, beta). Unlike BG/NBD it lets those stop who never
 * came back. Time in days: alpha and beta are in days.
 */
export type ParetoNbd = {
  readonly r: number;
  readonly alpha: number;
  readonly s: number;
  readonly beta: number;
  /** Mean log likelihood per customer. */
  readonly logLikelihood: number;
  readonly customers: number;
};

type Parameters = Pick<ParetoNbd, 'r' | 'alpha' | 's' | 'beta'>;

/** Fits the four parameters by maximum likelihood. @throws Error without any repeat purchase */
export function fitParetoNbd(customers: readonly Observed[]): ParetoNbd {
  expectRepeats(customers);
  const groups = groupBySameHistory(customers);
  // In weeks the parameters are of similar size, which the search likes.
  const inDays = ([r = 1, alpha = 1, s = 1, beta = 1]: readonly number[]): Parameters => ({
    r,
    alpha: alpha * 7,
    s,
    beta: beta * 7,
  });
  const { parameters, logLikelihood } = maximiseLikelihood(
    (point) => {
      const model = inDays(point);
      let sum = 0;
      for (const { customer, count } of groups) sum += count * logLikelihoodOf(model, customer);
      return sum / customers.length;
    },
    [1, 4, 1, 4],
  );
  return { ...inDays(parameters), logLikelihood, customers: customers.length };
}

/** Logarithm of "bought as seen and is still there" without what does not depend on it. */
function logStill({ r, alpha, s, beta }: Parameters, { repeats, age }: Observed): number {
  return -(r + repeats) * Math.log(alpha + age) - s * Math.log(beta + age);
}

// Abscissas and weights of Gauss and Legendre's rule of eight points on [-1, 1].
const RULE = [
  [0.1834346424956498, 0.362683783378362],
  [0.525532409916329, 0.3137066458778873],
  [0.7966664774136267, 0.2223810344533745],
  [0.9602898564975363, 0.1012285362903763],
] as const;

/**
 * Logarithm of "bought as seen and stopped at some moment since the last purchase" on the same scale: the integral of
 * s (alpha + t)^-(r + x) (beta + t)^-(s + 1) over that time, in steps that grow as the integrand flattens. The paper's
 * closed form takes differences of hypergeometric functions, which lose their digits for frequent buyers.
 */
function logGone({ r, alpha, s, beta }: Parameters, { repeats, recency, age }: Observed): number {
  const buys = r + repeats;
  const log = (at: number) => -buys * Math.log(alpha + at) - (s + 1) * Math.log(beta + at);
  const highest = log(recency);
  let sum = 0;
  let from = recency;
  let width = (2 * (Math.min(alpha, beta) + recency)) / (buys + s + 1);
  while (from < age) {
    const half = Math.min(width, age - from) / 2;
    for (const [place, weight] of RULE) {
      const lower = Math.exp(log(from + half * (1 - place)) - highest);
      const upper = Math.exp(log(from + half * (1 + place)) - highest);
      sum += half * weight * (lower + upper);
    }
    from += 2 * half;
    width *= 2.5;
  }
  return Math.log(s * sum) + highest;
}

function logLikelihoodOf(model: Parameters, customer: Observed): number {
  const { r, alpha, s, beta } = model;
  const still = logStill(model, customer);
  const gone = logGone(model, customer);
  const larger = Math.max(still, gone);
  return (
    logGamma(r + customer.repeats) -
    logGamma(r) +
    r * Math.log(alpha) +
    s * Math.log(beta) +
    larger +
    Math.log(Math.exp(still - larger) + Math.exp(gone - larger))
  );
}

/** Probability, 0 to 1, that the customer still buys. */
export function probabilityStillBuying(model: Parameters, customer: Observed): number {
  return 1 / (1 + Math.exp(logGone(model, customer) - logStill(model, customer)));
}

/** Days with an order to expect in the next `days` days: the purchases at the customer's rate for as long as they stay. */
export function purchasesAhead(model: Parameters, customer: Observed, days: number): number {
  const { r, alpha, s, beta } = model;
  const rate = (r + customer.repeats) / (alpha + customer.age);
  const known = beta + customer.age;
  const ratio = Math.log(known / (known + days));
  // Time still there of those who are: known / (s - 1) (1 - (known / (known + days))^(s - 1)), also where s nears 1.
  const staying = Math.abs(s - 1) < 1e-9 ? -known * ratio : (-known * Math.expm1((s - 1) * ratio)) / (s - 1);
  return probabilityStillBuying(model, customer) * rate * staying;
}
