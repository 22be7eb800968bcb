// Coefficients of Lanczos' approximation with g = 7, n = 9 (Godfrey 2001): relative error below 1e-13 for x > 0.
const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];

/** Natural logarithm of the gamma function. @param x above 0 */
export function logGamma(x: number): number {
  if (!(x > 0)) {
    throw new Error(`Expected "x" of logGamma to be above 0, got ${x}`);
  }
  const z = x - 1;
  const t = z + 7.5;
  const series = LANCZOS.slice(1).reduce(
    (sum, coefficient, index) => sum + coefficient / (z + index + 1),
    LANCZOS[0] ?? 0,
  );
  return 0.5 * Math.log(2 * Math.PI) + (z + 0.5) * Math.log(t) - t + Math.log(series);
}

const MOST_TERMS = 10_000;

/** Gauss' hypergeometric function 2F1(a, b; c; z) by its series. @param z from 0 to below 1 */
export function hypergeometric(
  a: number,
  b: number,
  { c, z }: { readonly c: number; readonly z: number },
): number {
  if (!(z >= 0 && z < 1)) {
    throw new Error(`Expected "z" of hypergeometric to be in [0, 1), got ${z}`);
  }
  let term = 1;
  let sum = 1;
  for (let n = 0; n < MOST_TERMS && Math.abs(term) > 1e-13 * Math.abs(sum); n += 1) {
    term *= (((a + n) * (b + n)) / ((c + n) * (n + 1))) * z;
    sum += term;
  }
  return sum;
}
