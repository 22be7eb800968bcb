import { describe, expect, it } from 'vitest';
import { parseTimestamp } from './timestamp.js';

describe('parseTimestamp', () => {
  it.each([
    ['2025-03-30T01:30:00.123Z', '2025-03-30T01:30:00.123Z'],
    ['2025-03-30T01:30:00+02:00', '2025-03-29T23:30:00.000Z'],
    ['2025-03-30T01:30:00-0530', '2025-03-30T07:00:00.000Z'],
    ['2025-03-30 01:30', '2025-03-30T01:30:00.000Z'],
    ['2025-03-30', '2025-03-30T00:00:00.000Z'],
    ['2024-02-29T00:00:00.1234567Z', '2024-02-29T00:00:00.123Z'],
    ['0099-01-01', '0099-01-01T00:00:00.000Z'],
    [1_700_000_000_000, '2023-11-14T22:13:20.000Z'],
  ])('reads %j as %s, UTC where no zone is given', (sent, expected) => {
    expect(parseTimestamp(sent)?.toISOString()).toBe(expected);
  });

  it.each([
    '2025-02-29',
    '2025-13-01',
    '2025-01-01T24:30:00Z',
    'yesterday',
    '',
    '01/02/2025',
    1_700_000_000,
    Number.NaN,
    9e15,
    true,
    new Date(Number.NaN),
  ])('does not read %j', (sent) => {
    expect(parseTimestamp(sent)).toBeUndefined();
  });
});
