import { expect, test } from 'vitest';
import { headAndTail } from './step.mjs';

test('puts lines together that arrive in pieces, and drops colours and empty lines', () => {
  const text = headAndTail({ head: 9, tail: 9 });
  expect(text.take('\u001b[32mone\u001b[0m\n\ntw')).toBe('one');
  expect(text.take('o\r\nthree\nfour')).toBe('three');
  expect(text.lines()).toEqual(['one', 'two', 'three', 'four']);
});

test('keeps only the beginning and the end of a long text, and says what it left out', () => {
  const text = headAndTail({ head: 1, tail: 2 });
  text.take('a\nb\nc\nd\ne\n');
  expect(text.lines()).toEqual(['a', '... (2 more lines) ...', 'd', 'e']);
});
