import { describe, expect, it } from 'vitest';
import { reasonNumber } from './reason-number';

describe('reasonNumber', () => {
  it('says how much a reason moves and where it comes from', () => {
    const reason = { text: '', source: 'recencyDays', value: 94.333, contribution: 0.21 };
    expect(reasonNumber(reason, 'leaving')).toBe(
      'Raises the chance of leaving by 21 points · recencyDays is 94.33',
    );
  });

  it('tells lowering from raising, and does not round to nothing', () => {
    const reason = { text: '', source: '', value: null, contribution: -0.002 };
    expect(reasonNumber(reason, 'yes')).toBe('Lowers the chance of a yes by less than a point');
  });

  it('has words for a reason without a number', () => {
    expect(reasonNumber({ text: '', source: '', value: null, contribution: null }, 'yes')).toBe(
      'A rule of the catalogue',
    );
  });
});
