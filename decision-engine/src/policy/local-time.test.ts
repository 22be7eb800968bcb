import { describe, expect, test } from 'vitest';
import { utcOffsetMinutes, zonedTime } from './local-time.js';

describe('utcOffsetMinutes', () => {
  test.each([
    ['2026-01-15T12:00:00Z', 'Europe/Berlin', 60],
    ['2026-07-15T12:00:00Z', 'Europe/Berlin', 120],
    ['2026-10-25T00:59:59Z', 'Europe/London', 60],
    ['2026-10-25T01:00:00Z', 'Europe/London', 0],
    ['2026-07-15T12:00:00Z', 'America/St_Johns', -150],
    ['2026-07-15T12:00:00Z', 'Asia/Kathmandu', 345],
  ])('at %s in %s is %d', (at, zone, minutes) => {
    expect(utcOffsetMinutes(Date.parse(at), zone)).toBe(minutes);
  });

  test('is null for a zone nobody knows', () => {
    expect(utcOffsetMinutes(Date.parse('2026-07-15T12:00:00Z'), 'Mars/Base')).toBeNull();
  });
});

test('a zone nobody knows is taken for UTC', () => {
  expect(zonedTime(Date.parse('2026-07-15T12:00:00Z'), 'Mars/Base').hour).toBe(12);
});
