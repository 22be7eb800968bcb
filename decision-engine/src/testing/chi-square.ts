/**
 * Pearson's statistic of counts against probabilities. Cells expecting under 5 are lumped together, as the approximation
 * wants it.
 *
 * @returns the statistic, its degrees of freedom and its z value by Wilson and Hilferty's cube root (1931)
 */
export function chiSquare(
  counts: readonly number[],
  probabilities: readonly number[],
): { readonly statistic: number; readonly degrees: number; readonly z: number } {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const cells: { count: number; expected: number }[] = [];
  const rest = { count: 0, expected: 0 };
  counts.forEach((count, index) => {
    const expected = (probabilities[index] ?? 0) * total;
    if (expected >= 5) cells.push({ count, expected });
    else {
      rest.count += count;
      rest.expected += expected;
    }
  });
  if (rest.expected > 0 || rest.count > 0) cells.push(rest);
  const statistic = cells.reduce(
    (sum, { count, expected }) =>
      sum + (expected === 0 ? Number.POSITIVE_INFINITY : (count - expected) ** 2 / expected),
    0,
  );
  const degrees = Math.max(1, cells.length - 1);
  const spread = 2 / (9 * degrees);
  return { statistic, degrees, z: (Math.cbrt(statistic / degrees) - (1 - spread)) / Math.sqrt(spread) };
}
