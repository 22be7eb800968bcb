/** A figure of a sample, with its 95 % interval; null where the sample tells nothing of it. */
export type Estimate = {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** What was counted: customers, orders, answers. */
  readonly n: number;
};

/** Two-sided 95 % quantile of the normal distribution. */
const Z = 1.959964;

export const NOTHING: Estimate = { value: null, low: null, high: null, n: 0 };

/** A share with its Wilson interval (Wilson 1927): within 0 and 1, also for few. */
export function share(part: number, n: number): Estimate {
  if (n === 0) return NOTHING;
  const p = part / n;
  const middle = (p + (Z * Z) / (2 * n)) / (1 + (Z * Z) / n);
  const half = (Z / (1 + (Z * Z) / n)) * Math.sqrt((p * (1 - p)) / n + (Z * Z) / (4 * n * n));
  return { value: p, low: part === 0 ? 0 : middle - half, high: part === n ? 1 : middle + half, n };
}

/** What a mean is worked out from, without keeping the values. */
export type Moments = { readonly n: number; readonly sum: number; readonly squares: number };

export function momentsOf(values: readonly number[]): Moments {
  let [sum, squares] = [0, 0];
  for (const value of values) {
    sum += value;
    squares += value * value;
  }
  return { n: values.length, sum, squares };
}

/** A mean with its normal interval; no interval for one value. */
export function mean({ n, sum, squares }: Moments): Estimate {
  if (n === 0) return NOTHING;
  const value = sum / n;
  if (n === 1) return { value, low: null, high: null, n };
  const half = Z * Math.sqrt(varianceOf({ n, sum, squares }) / n);
  return { value, low: value - half, high: value + half, n };
}

function varianceOf({ n, sum, squares }: Moments): number {
  return Math.max(0, (squares - (sum * sum) / n) / (n - 1));
}

/** The difference of two means of separate samples (Welch), `a` less `b`. */
export function differenceOfMeans(a: Moments, b: Moments): Estimate {
  const n = a.n + b.n;
  if (a.n === 0 || b.n === 0) return { ...NOTHING, n };
  const value = a.sum / a.n - b.sum / b.n;
  if (a.n === 1 || b.n === 1) return { value, low: null, high: null, n };
  const half = Z * Math.sqrt(varianceOf(a) / a.n + varianceOf(b) / b.n);
  return { value, low: value - half, high: value + half, n };
}

/** The difference of two estimates of separate samples, `a` less `b`, from their intervals (Newcombe 1998, method 10). */
export function difference(a: Estimate, b: Estimate): Estimate {
  const n = a.n + b.n;
  if (a.value === null || b.value === null) return { ...NOTHING, n };
  const value = a.value - b.value;
  if (a.low === null || a.high === null || b.low === null || b.high === null) {
    return { value, low: null, high: null, n };
  }
  return {
    value,
    low: value - Math.hypot(a.value - a.low, b.high - b.value),
    high: value + Math.hypot(a.high - a.value, b.value - b.low),
    n,
  };
}

/** Net promoter score, -100 to 100, with the normal interval of the mean of -1, 0 and 1. */
export function netPromoters(scores: readonly number[]): Estimate {
  const marks = scores.map((score) => (score >= 9 ? 100 : score <= 6 ? -100 : 0));
  return mean(momentsOf(marks));
}

/** A median with the interval of its order statistics (normal approximation of the binomial ranks). */
export function median(values: readonly number[]): Estimate {
  const sorted = [...values].sort((a, b) => a - b);
  const n = sorted.length;
  const at = (rank: number): number | null => sorted[Math.min(n - 1, Math.max(0, rank))] ?? null;
  const [below, above] = [at(Math.ceil(n / 2) - 1), at(Math.floor(n / 2))];
  if (below === null || above === null) return NOTHING;
  const half = (Z * Math.sqrt(n)) / 2;
  const known = n >= 6;
  return {
    value: (below + above) / 2,
    low: known ? at(Math.floor(n / 2 - half)) : null,
    high: known ? at(Math.ceil(n / 2 + half)) : null,
    n,
  };
}

/** The chance of counts at least as far from their expected shares, were these right (Pearson's chi-square). */
export function mismatchChance(counts: readonly number[], shares: readonly number[]): number | null {
  const n = counts.reduce((sum, count) => sum + count, 0);
  const total = shares.reduce((sum, each) => sum + each, 0);
  const cells = counts.flatMap((count, index) => {
    const expected = (n * (shares[index] ?? 0)) / total;
    return expected > 0 ? [(count - expected) ** 2 / expected] : [];
  });
  if (n === 0 || cells.length < 2) return null;
  return chiSquareTail(
    cells.reduce((sum, cell) => sum + cell, 0),
    cells.length - 1,
  );
}

/** P(X >= x) of the chi-square distribution, by the recursion over its degrees of freedom (Abramowitz and Stegun 26.4.8). */
export function chiSquareTail(x: number, degrees: number): number {
  const odd = degrees % 2 === 1;
  let tail = odd ? complementaryError(Math.sqrt(x / 2)) : Math.exp(-x / 2);
  let term = odd ? Math.sqrt((2 * x) / Math.PI) * Math.exp(-x / 2) : (x / 2) * Math.exp(-x / 2);
  for (let k = odd ? 3 : 4; k <= degrees; k += 2) {
    tail += term;
    term *= x / k;
  }
  return Math.min(1, tail);
}

/** erfc(x) for x >= 0, to 1.5e-7 (Abramowitz and Stegun 7.1.26). */
function complementaryError(x: number): number {
  const t = 1 / (1 + 0.3275911 * x);
  const polynomial =
    t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  return polynomial * Math.exp(-x * x);
}
