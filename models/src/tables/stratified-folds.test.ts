import { describe, expect, it } from 'vitest';
import { foldRows, stratifiedFolds } from './stratified-folds.js';

const labels = Array.from({ length: 101 }, (_, i) => (((i * 7919) % 13) % 3 === 1 ? 1 : 0));

describe('stratifiedFolds', () => {
  it('makes the folds of scikit-learn for the same seed', () => {
    // StratifiedKFold(5, shuffle=True, random_state=0), scikit-learn on NumPy's RandomState.
    const expected =
      '11031223303424412203423244300431032020330423132423141243241201401140000112134342120143040101221004433';
    expect([...stratifiedFolds(labels, { folds: 5, seed: 0 })].join('')).toBe(expected);
  });

  it('spreads the classes evenly', () => {
    const folds = stratifiedFolds(labels, { folds: 5, seed: 3 });
    const positives = labels.reduce<number>((sum, label) => sum + label, 0);
    for (let fold = 0; fold < 5; fold += 1) {
      const inside = foldRows(folds, fold).inside.reduce((sum, row) => sum + (labels[row] ?? 0), 0);
      expect(Math.abs(inside - positives / 5)).toBeLessThan(1);
    }
  });

  it('keeps groups together', () => {
    const groups = labels.map((_, row) => Math.floor(row / 2));
    const folds = stratifiedFolds(labels, { folds: 5, seed: 0, groups });
    for (let row = 1; row < folds.length; row += 2) {
      expect(folds[row]).toBe(folds[row - 1]);
    }
  });

  it('refuses a class that cannot reach every fold', () => {
    const rare = labels.map((_, row) => (row < 3 ? 1 : 0));
    expect(() => stratifiedFolds(rare, { folds: 5, seed: 0 })).toThrow(/at least 5 rows of class 1/);
  });
});
