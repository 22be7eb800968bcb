import { describe, expect, it } from 'vitest';
import { changeMeaning, changeWords, figure, isTooFew, type MeasureEntry } from './measure-words';

const entry = (key: MeasureEntry['measure']['key'], low: number, high: number): MeasureEntry => ({
  measure: { key, unit: 'share', of: 'customers', value: 0.5, low: 0.4, high: 0.6, n: 100 },
  compared: null,
  change: { value: (low + high) / 2, low, high, n: 200 },
});

describe('figure', () => {
  it('says its unit', () => {
    expect(figure(0.1234, 'share', null)).toBe('12.3 %');
    expect(figure(0.25, 'hours', null)).toBe('15 min');
    expect(figure(3, 'hours', null)).toBe('3.0 h');
    expect(changeWords(-0.02, 'share', null)).toBe('-2.0 points');
  });
});

describe('changeMeaning', () => {
  it('is said only where the interval leaves zero out', () => {
    expect(changeMeaning(entry('conversion', 0.01, 0.03))).toBe('good');
    expect(changeMeaning(entry('conversion', -0.01, 0.03))).toBeNull();
    expect(changeMeaning(entry('hoursToSolve', 0.5, 2))).toBe('act');
  });
});

describe('isTooFew', () => {
  it('is where a figure stands on less than thirty', () => {
    expect(isTooFew({ value: 0.5, n: 29 })).toBe(true);
    expect(isTooFew({ value: 0.5, n: 30 })).toBe(false);
    expect(isTooFew({ value: null, n: 0 })).toBe(false);
  });
});
