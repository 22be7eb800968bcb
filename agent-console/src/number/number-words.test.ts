import { describe, expect, it } from 'vitest';
import { numberWords } from './number-words';

describe('numberWords', () => {
  it.each([
    [0, '0'],
    [999, '999'],
    [1000, '1,000'],
    [-1234567, '-1,234,567'],
    [0.5, '0.5'],
    [1234.5678, '1,234.568'],
  ])('%d reads %j', (value, text) => {
    expect(numberWords(value)).toBe(text);
  });

  it('has no negative nothing', () => {
    expect(numberWords(-0.0001, { most: 2 })).toBe('0');
  });

  // Halves aside: binary fractions are rarely halves, and Intl rounds the shortest decimal that stands for them.
  it.each([
    { least: 0, most: 0 },
    { least: 0, most: 2 },
    { least: 2, most: 2 },
    { least: 1, most: 3 },
  ])('says what Intl says with $least to $most digits', ({ least, most }) => {
    const format = new Intl.NumberFormat('en-GB', {
      minimumFractionDigits: least,
      maximumFractionDigits: most,
    });
    for (let power = -4; power <= 9; power += 1) {
      for (const part of [1, 1.2, 3.456789, 7.77, 9.9996]) {
        for (const value of [part * 10 ** power, -part * 10 ** power]) {
          const said = format.format(value);
          expect(numberWords(value, { least, most })).toBe(/[1-9]/.test(said) ? said : said.replace('-', ''));
        }
      }
    }
  });
});
