import { expect, test } from 'vitest';
import { lastLines } from './step.mjs';

test('puts lines together that arrive in pieces, and drops colours and empty lines', () => {
  const tail = lastLines(3);
  expect(tail.take('\u001b[32mone\u001b[0m\n\ntw')).toBe('one');
  expect(tail.take('o\r\nthree\nfour')).toBe('three');
  expect(tail.lines()).toEqual(['one', 'two', 'three', 'four']);
});

test('keeps only the last', () => {
  const tail = lastLines(2);
  tail.take('a\nb\nc\n');
  expect(tail.lines()).toEqual(['b', 'c']);
});
