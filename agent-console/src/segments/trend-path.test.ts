import { expect, test } from 'vitest';
import { trendPath, trendWords } from './trend-path.js';

const TREND = [
  { day: '2026-11-01', size: 10 },
  { day: '2026-11-02', size: 20 },
  { day: '2026-11-05', size: 15 },
];

test('days stand at their distance, sizes within their range', () => {
  expect(trendPath(TREND, { width: 80, height: 20 })).toBe('M 0.0 20.0 L 20.0 0.0 L 80.0 10.0');
});

test('one day is a point and not a division by nothing', () => {
  expect(trendPath(TREND.slice(0, 1), { width: 80, height: 20 })).toBe('M 0.0 0.0');
});

test('a size that hardly moves is hardly a slope', () => {
  const still = [
    { day: '2026-11-01', size: 100 },
    { day: '2026-11-02', size: 95 },
  ];
  expect(trendPath(still, { width: 80, height: 20 })).toBe('M 0.0 0.0 L 80.0 4.0');
});

test('the change in words', () => {
  expect(trendWords(TREND)).toBe('+5 in 4 days');
  expect(trendWords([...TREND].map((point) => ({ ...point, size: 3 })))).toBe('no change in 4 days');
  expect(trendWords(TREND.slice(0, 1))).toBe('');
});
