/** Two-sided 95 % quantiles of Student's t distribution, by degrees of freedom from 1. */
const T_95 = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131,
  2.12, 2.11, 2.101, 2.093, 2.086,
];
const T_OF_MANY = 1.96;

export type MeanWithInterval = {
  readonly mean: number;
  /** 95 %, from Student's t; null for one value, which tells nothing of its spread. */
  readonly interval: readonly [number, number] | null;
  readonly n: number;
};

/** @throws RangeError for no values */
export function meanWithInterval(values: readonly number[]): MeanWithInterval {
  const n = values.length;
  if (n === 0) throw new RangeError('Expected at least 1 value to take the mean of, got 0');
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  if (n === 1) return { mean, interval: null, n };
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1);
  const reach = (T_95[n - 2] ?? T_OF_MANY) * Math.sqrt(variance / n);
  return { mean, interval: [mean - reach, mean + reach], n };
}
