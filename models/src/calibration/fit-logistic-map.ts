import { sigmoid } from './calibrator.js';

/**
 * Maximum-likelihood weights of a logistic regression with few inputs, by Newton's method with a small ridge.
 *
 * @param inputs one array per input, one number per row; give a constant input for an intercept
 * @param targets from 0 to 1 per row
 */
export function fitLogisticMap(
  inputs: readonly ArrayLike<number>[],
  targets: ArrayLike<number>,
  start: readonly number[],
): number[] {
  const weights = [...start];
  for (let iteration = 0; iteration < 50; iteration += 1) {
    const gradient = weights.map(() => 0);
    const hessian = weights.map((_, i) => weights.map((__, j) => (i === j ? 1e-6 * targets.length : 0)));
    for (let row = 0; row < targets.length; row += 1) {
      const x = inputs.map((input) => input[row] ?? 0);
      const p = sigmoid(x.reduce((sum, value, i) => sum + value * (weights[i] ?? 0), 0));
      const curvature = Math.max(1e-9, p * (1 - p));
      x.forEach((xi, i) => {
        gradient[i] = (gradient[i] ?? 0) + (p - (targets[row] ?? 0)) * xi;
        const line = hessian[i] ?? [];
        x.forEach((xj, j) => {
          line[j] = (line[j] ?? 0) + curvature * xi * xj;
        });
      });
    }
    const step = solve(hessian, gradient);
    step.forEach((value, i) => {
      weights[i] = (weights[i] ?? 0) - Math.max(-5, Math.min(5, value));
    });
    if (Math.max(...step.map(Math.abs)) < 1e-9) {
      break;
    }
  }
  return weights;
}

/** Solves a small symmetric positive system by Gaussian elimination with pivoting. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const n = right.length;
  const rows = matrix.map((line, i) => [...line, right[i] ?? 0]);
  for (let column = 0; column < n; column += 1) {
    const pivot = rows.reduce(
      (best, line, i) =>
        i >= column && Math.abs(line[column] ?? 0) > Math.abs(rows[best]?.[column] ?? 0) ? i : best,
      column,
    );
    const pivotRow = rows[pivot] ?? [];
    rows[pivot] = rows[column] ?? [];
    rows[column] = pivotRow;
    for (let i = column + 1; i < n; i += 1) {
      const line = rows[i] ?? [];
      const factor = (line[column] ?? 0) / (pivotRow[column] || 1e-300);
      for (let j = column; j <= n; j += 1) {
        line[j] = (line[j] ?? 0) - factor * (pivotRow[j] ?? 0);
      }
    }
  }
  const result = right.map(() => 0);
  for (let i = n - 1; i >= 0; i -= 1) {
    const line = rows[i] ?? [];
    let sum = line[n] ?? 0;
    for (let j = i + 1; j < n; j += 1) {
      sum -= (line[j] ?? 0) * (result[j] ?? 0);
    }
    result[i] = sum / (line[i] || 1e-300);
  }
  return result;
}
