import { expect, test } from 'vitest';
import { bestHour, dateOf, nextAnniversary, nextLocalTime } from './due-time.js';

const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString());
type Row = readonly [name: string, from: string, at: string, timeZone: string, expected: string];

test.each<Row>([
  ['later today', '2026-11-22T08:00:00Z', '10:00', 'Europe/London', '2026-11-22T10:00:00.000Z'],
  ['this very moment', '2026-11-22T10:00:00Z', '10:00', 'Europe/London', '2026-11-22T10:00:00.000Z'],
  ['tomorrow', '2026-11-22T10:00:01Z', '10:00', 'Europe/London', '2026-11-23T10:00:00.000Z'],
  [
    'at UTC+14, where it is tomorrow already',
    '2026-11-22T12:00:00Z',
    '09:00',
    'Pacific/Kiritimati',
    '2026-11-22T19:00:00.000Z',
  ],
  [
    'at UTC-11, where it is still yesterday',
    '2026-11-22T05:00:00Z',
    '19:00',
    'Pacific/Pago_Pago',
    '2026-11-22T06:00:00.000Z',
  ],
  [
    'an hour that is skipped: after the jump',
    '2026-03-29T00:00:00Z',
    '01:30',
    'Europe/London',
    '2026-03-29T01:30:00.000Z',
  ],
  [
    'an hour that comes twice: the first',
    '2026-10-25T00:00:00Z',
    '01:30',
    'Europe/London',
    '2026-10-25T00:30:00.000Z',
  ],
  [
    'between the two of an hour that comes twice: tomorrow',
    '2026-10-25T00:45:00Z',
    '01:30',
    'Europe/London',
    '2026-10-26T01:30:00.000Z',
  ],
  [
    'across the change to winter the wall clock holds',
    '2026-10-24T10:00:00Z',
    '10:00',
    'Europe/London',
    '2026-10-25T10:00:00.000Z',
  ],
  ['29 February', '2028-02-28T23:00:00Z', '10:00', 'UTC', '2028-02-29T10:00:00.000Z'],
])('the next local time: %s', (...[, from, at, timeZone, expected]) => {
  expect(iso(nextLocalTime(Date.parse(from), { at, timeZone }))).toBe(expected);
});

test('only on the days that are named', () => {
  const from = Date.parse('2026-11-22T12:00:00Z');
  expect(iso(nextLocalTime(from, { at: '09:00', days: ['wed'], timeZone: 'UTC' }))).toBe(
    '2026-11-25T09:00:00.000Z',
  );
});

test('on the day that is today, but too late, it is in a week', () => {
  const from = Date.parse('2026-11-22T12:00:00Z');
  expect(iso(nextLocalTime(from, { at: '09:00', days: ['sun'], timeZone: 'UTC' }))).toBe(
    '2026-11-29T09:00:00.000Z',
  );
});

test('a day begins at the midnight of the customer', () => {
  expect(iso(dateOf('2026-11-22', 'Pacific/Kiritimati'))).toBe('2026-11-21T10:00:00.000Z');
  expect(dateOf('2026-02-30', 'UTC')).toBeNull();
  expect(dateOf('soon', 'UTC')).toBeNull();
  expect(dateOf(undefined, 'UTC')).toBeNull();
});

test('an anniversary of 29 February falls on the 28th of other years', () => {
  const born = Date.parse('2004-02-29T00:00:00Z');
  expect(iso(nextAnniversary(born, Date.parse('2026-11-22T00:00:00Z'), 'UTC'))).toBe(
    '2027-02-28T00:00:00.000Z',
  );
  expect(iso(nextAnniversary(born, Date.parse('2027-03-01T00:00:00Z'), 'UTC'))).toBe(
    '2028-02-29T00:00:00.000Z',
  );
});

test('the best hour is where most happened, by the own clock; of too little it is ten', () => {
  const evening = ['18', '18', '19', '18', '07'].map((hour) => ({
    at: new Date(`2026-11-20T${hour}:20:00Z`),
  }));
  expect(bestHour(evening, 'UTC')).toBe('18:00');
  expect(bestHour(evening, 'Asia/Tokyo')).toBe('03:00');
  expect(bestHour(evening.slice(1), 'UTC')).toBe('10:00');
});
