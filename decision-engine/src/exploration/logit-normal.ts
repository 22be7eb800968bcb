/** Belief about a probability: its log-odds are normal with this mean and standard deviation. */
export type LogitNormal = { readonly mean: number; readonly deviation: number };

const EDGE = 1e-6;
/** Below this a belief counts as certainty; it keeps the grid of `chanceOfBest` finite. */
const LEAST_DEVIATION = 1e-6;
const MOST_DEVIATION = 6;

export function logit(probability: number): number {
  const p = Math.min(Math.max(probability, EDGE), 1 - EDGE);
  return Math.log(p / (1 - p));
}

export function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

/**
 * The belief with this median and standard error. The deviation of the log-odds follows by the delta method,
 * s / (p (1 - p)), which is exact for a model whose last layer is linear in the log-odds and reports its error so.
 */
export function logitNormal(probability: number, standardError: number): LogitNormal {
  const p = Math.min(Math.max(probability, EDGE), 1 - EDGE);
  const deviation = standardError / (p * (1 - p));
  return { mean: logit(p), deviation: Math.min(Math.max(deviation, LEAST_DEVIATION), MOST_DEVIATION) };
}
