/** Pearson's correlation, -1 to 1; NaN where one side doesn't vary. */
export function correlation(xs: ArrayLike<number>, ys: ArrayLike<number>): number {
  const n = xs.length;
  if (n !== ys.length || n === 0) {
    throw new Error(`Expected two lists of one length above 0, got ${n} and ${ys.length}`);
  }
  const mean = (values: ArrayLike<number>) => Array.from(values).reduce((sum, value) => sum + value, 0) / n;
  const [meanX, meanY] = [mean(xs), mean(ys)];
  let [xy, xx, yy] = [0, 0, 0];
  for (let i = 0; i < n; i += 1) {
    const x = (xs[i] ?? 0) - meanX;
    const y = (ys[i] ?? 0) - meanY;
    xy += x * y;
    xx += x * x;
    yy += y * y;
  }
  return xy / Math.sqrt(xx * yy);
}
