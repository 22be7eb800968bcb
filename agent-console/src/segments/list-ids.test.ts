import { expect, test } from 'vitest';
import { idsIn, inCalls } from './list-ids';

test('a pasted list: lines, commas, quotes and repeats', () => {
  expect(idsIn(' ann\r\nbob@example.com, "c-3";ann\n\n')).toEqual(['ann', 'bob@example.com', 'c-3']);
  expect(idsIn(' \n')).toEqual([]);
});

test('a long list goes in several calls', () => {
  const ids = Array.from({ length: 2_001 }, (_, index) => `u-${index}`);
  expect(inCalls(ids).map(({ length }) => length)).toEqual([1_000, 1_000, 1]);
  expect(inCalls(ids).flat()).toEqual(ids);
});
