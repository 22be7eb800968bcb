import { expect, test } from 'vitest';
import { crossingsOf } from './crossings.js';

const at = new Date('2026-11-22T12:00:00Z');

test('who came, who left, and whether it was the customer who changed', () => {
  const redefined = new Set(['big', 'gone']);
  expect(crossingsOf(['loyal', 'gone'], ['loyal', 'big', 'new'], { at, redefined })).toEqual([
    { segmentId: 'big', entered: true, at, reason: 'definition' },
    { segmentId: 'new', entered: true, at, reason: 'change' },
    { segmentId: 'gone', entered: false, at, reason: 'definition' },
  ]);
});

test('nothing where nothing changed', () => {
  expect(crossingsOf(['a', 'b'], ['b', 'a'], { at, redefined: new Set() })).toEqual([]);
});
