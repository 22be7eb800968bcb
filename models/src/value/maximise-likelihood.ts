import { minimise } from '../training/minimise.js';

/**
 * Positive parameters that maximise a log likelihood: L-BFGS over their logarithms, with gradients by central
 * differences (there are three or four parameters).
 *
 * @param logLikelihood mean per customer; -Infinity or NaN where the parameters make no sense
 * @param start above 0
 */
export function maximiseLikelihood(
  logLikelihood: (parameters: readonly number[]) => number,
  start: readonly number[],
): { readonly parameters: readonly number[]; readonly logLikelihood: number } {
  const cost = (point: ArrayLike<number>): number => {
    const value = -logLikelihood(Array.from(point, Math.exp));
    return Number.isFinite(value) ? value : 1e10;
  };
  const best = minimise(
    (point, gradient) => {
      const step = 1e-5;
      for (let i = 0; i < point.length; i += 1) {
        const up = Array.from(point, (value, at) => (at === i ? value + step : value));
        const down = Array.from(point, (value, at) => (at === i ? value - step : value));
        gradient[i] = (cost(up) - cost(down)) / (2 * step);
      }
      return cost(point);
    },
    Float64Array.from(start, Math.log),
    { maxIterations: 500, tolerance: 1e-8 },
  );
  return { parameters: Array.from(best, Math.exp), logLikelihood: -cost(best) };
}
