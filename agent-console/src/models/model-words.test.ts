import { describe, expect, it } from 'vitest';
import { againstBaseline, featureWords, modelNameOf } from './model-words';

const estimate = (value: number, low: number, high: number) => ({ value, low, high });

describe('againstBaseline', () => {
  it('is sure only outside the interval', () => {
    expect(againstBaseline(estimate(0.75, 0.7, 0.8), estimate(0.65, 0.6, 0.7), 'higher')).toBe('better');
    expect(againstBaseline(estimate(0.75, 0.7, 0.8), estimate(0.72, 0.6, 0.8), 'higher')).toBe('alike');
    expect(againstBaseline(estimate(0.5, 0.45, 0.55), estimate(0.4, 0.3, 0.5), 'lower')).toBe('worse');
    expect(againstBaseline(estimate(0.5, 0.45, 0.55), estimate(0.6, 0.5, 0.7), 'lower')).toBe('better');
  });

  it('says nothing where there is no interval', () => {
    expect(
      againstBaseline({ value: 0.7, low: null, high: null }, estimate(0.6, 0.5, 0.7), 'higher'),
    ).toBeNull();
  });
});

describe('names', () => {
  it('knows the four models and nothing else', () => {
    expect(modelNameOf('churn')).toBe('churn');
    expect(modelNameOf('toString')).toBeNull();
  });

  it('reads features as words', () => {
    expect(featureWords('days_since_order')).toBe('Days since order');
  });
});
