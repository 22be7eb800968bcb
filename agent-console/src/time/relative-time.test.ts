import { describe, expect, it } from 'vitest';
import { absoluteTime, clockIn, dayHeading, relativeTime } from './relative-time';

const now = new Date(2026, 10, 22, 14, 0, 0).getTime();
const minutes = (count: number): number => now - count * 60_000;

describe('relativeTime', () => {
  it.each([
    [0, 'now'],
    [0.5, 'now'],
    [1, '1 min'],
    [59, '59 min'],
    [60, '1 h'],
    [23 * 60, '23 h'],
    [24 * 60, '1 d'],
    [6 * 24 * 60, '6 d'],
    [30 * 24 * 60, '23 Oct'],
    [400 * 24 * 60, '18 Oct 2025'],
  ])('%d minutes ago reads %j', (ago, text) => {
    expect(relativeTime(minutes(ago), now)).toBe(text);
  });

  it('says when something lies ahead', () => {
    expect(relativeTime(minutes(-120), now)).toBe('in 2 h');
  });
});

describe('dayHeading', () => {
  it('counts by calendar day, not by 24 hours', () => {
    expect(dayHeading(minutes(13 * 60), now)).toBe('Today');
    expect(dayHeading(minutes(15 * 60), now)).toBe('Yesterday');
    expect(dayHeading(minutes(72 * 60), now)).toBe('19 Nov');
  });
});

describe('clockIn', () => {
  const noon = Date.UTC(2026, 10, 22, 12, 0, 0);

  it('shows the time where the customer is', () => {
    expect(clockIn('Europe/Berlin', noon)).toBe('13:00');
  });

  it('is null for a zone nobody knows', () => {
    expect(clockIn('Mars/Base', noon)).toBeNull();
  });
});

describe('absoluteTime', () => {
  it('names weekday, date and minute', () => {
    expect(absoluteTime(new Date(2026, 10, 22, 12, 5).getTime())).toBe('Sun, 22 Nov 2026, 12:05');
  });
});
