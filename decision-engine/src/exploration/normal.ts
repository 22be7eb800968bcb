const SQRT_TWO_PI = Math.sqrt(2 * Math.PI);

/**
 * Standard normal distribution function. Abramowitz and Stegun 26.2.17 (Hastings), absolute error below 7.5e-8.
 */
export function normalCdf(z: number): number {
  const x = Math.abs(z);
  if (x > 8) return z > 0 ? 1 : 0;
  const t = 1 / (1 + 0.2316419 * x);
  const poly =
    t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  const tail = (Math.exp(-0.5 * x * x) / SQRT_TWO_PI) * poly;
  return z > 0 ? 1 - tail : tail;
}

/** Two independent standard normal numbers from two uniform ones (Box and Muller 1958). */
export function normalPair(u: number, v: number): readonly [number, number] {
  const radius = Math.sqrt(-2 * Math.log(1 - u));
  const angle = 2 * Math.PI * v;
  return [radius * Math.cos(angle), radius * Math.sin(angle)];
}
