import { describe, expect, test } from 'vitest';
import {
  entryWords,
  isShortfall,
  lossMeaning,
  lostAt,
  percent,
  shareText,
  troubleOf,
} from './journey-words.js';

const counts = {
  entered: 40,
  enteredThisWeek: 3,
  active: 2,
  ended: 38,
  failed: 0,
  reachedGoal: 10,
  steps: {},
  outcomes: {},
};

test('shares say the number first, and none of nothing', () => {
  expect([shareText(12, 150), shareText(1, 1000), shareText(0, 0)]).toEqual(['12 (8%)', '1 (<1%)', '0']);
  expect(percent(1)).toBe('100%');
});

describe('what needs somebody', () => {
  test('failed runs before silence', () => {
    expect(troubleOf({ state: 'on', counts: { ...counts, failed: 2, enteredThisWeek: 0 } })).toBe(
      '2 runs failed',
    );
    expect(troubleOf({ state: 'on', counts: { ...counts, enteredThisWeek: 0 } })).toBe(
      'Nobody entered this week',
    );
  });
  test('silence is expected of a paused journey and of a new one', () => {
    expect(troubleOf({ state: 'paused', counts: { ...counts, enteredThisWeek: 0 } })).toBe('');
    expect(troubleOf({ state: 'on', counts: { ...counts, entered: 0, enteredThisWeek: 0 } })).toBe('');
  });
});

test('a goal is no loss; a failure is', () => {
  expect(lostAt({ left: { goal: 5, exited: 2 }, failed: 1 })).toBe(3);
});

test.each([
  [0, 100, 'neutral'],
  [9, 100, 'neutral'],
  [10, 100, 'watch'],
  [25, 100, 'act'],
  [5, 10, 'neutral'],
])('losing %i of %i means %s', (lost, of, meaning) => {
  expect(lossMeaning(lost, of)).toBe(meaning);
});

test('ways on which something did not come about', () => {
  const ways = ['mail>none', 'paid>timedOut', 'w>until.missing', 'mail>next', 'ask>branches.0.to'];
  expect(ways.map(isShortfall)).toEqual([true, false, true, false, false]);
});

test('an entry in words, whatever was stored', () => {
  expect(entryWords({ entry: { type: 'event', event: 'Order Completed' } })).toBe('Event “Order Completed”');
  expect([entryWords(null), entryWords({ entry: 'x' })]).toEqual(['Entry', 'Entry']);
});
