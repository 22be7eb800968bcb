import { describe, expect, it } from 'vitest';
import { readNumber } from './read-number.js';

describe('readNumber', () => {
  it.each([
    ['2.55', '.', 2.55],
    ['-3', '.', -3],
    ['1,234,567.8', '.', 1234567.8],
    ['£1,234.50', '.', 1234.5],
    ['12.50 €', '.', 12.5],
    ['1.234,50', ',', 1234.5],
    ['1 234,50', ',', 1234.5],
    ["1'234.50", '.', 1234.5],
    ['1234,5', ',', 1234.5],
  ] as const)('reads %s with decimal %s as %d', (text, decimal, expected) => {
    expect(readNumber(text, decimal)).toBe(expected);
  });

  it.each([
    ['1.234,50', '.'],
    ['1,234.50', ','],
    ['12,34', '.'],
    ['1,23,456', '.'],
    ['', '.'],
    ['1e5', '.'],
    ['0x10', '.'],
    ['ten', '.'],
    ['1.2.3', '.'],
    ['NaN', '.'],
  ] as const)('does not guess at %j with decimal %s', (text, decimal) => {
    expect(readNumber(text, decimal)).toBeUndefined();
  });
});
