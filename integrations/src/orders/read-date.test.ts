import { describe, expect, it } from 'vitest';
import { createDateReader } from './read-date.js';

const readIn = (timeZone: string, format: string) => (text: string) =>
  createDateReader({ format, timeZone })(text)?.toISOString();

describe('createDateReader', () => {
  it.each([
    ['2011-12-09 12:50:00', 'iso', 'UTC', '2011-12-09T12:50:00.000Z'],
    ['2011-07-09 12:50:00', 'iso', 'Europe/Berlin', '2011-07-09T10:50:00.000Z'],
    ['2011-07-09T12:50:00Z', 'iso', 'Europe/Berlin', '2011-07-09T12:50:00.000Z'],
    ['09/07/2011 12:50', 'dd/MM/yyyy HH:mm', 'Europe/London', '2011-07-09T11:50:00.000Z'],
    ['7/9/2011 1:05 PM', 'M/d/yyyy h:mm a', 'UTC', '2011-07-09T13:05:00.000Z'],
    ['19970101', 'yyyyMMdd', 'UTC', '1997-01-01T00:00:00.000Z'],
    ['1300000000', 'unix-s', 'UTC', '2011-03-13T07:06:40.000Z'],
    ['1300000000000', 'unix-ms', 'UTC', '2011-03-13T07:06:40.000Z'],
  ])('reads %s written as %s in %s', (...[text, format, zone, expected]) => {
    expect(readIn(zone, format)(text)).toBe(expected);
  });

  it('reads the hour that a clock change skips as the next, the one it repeats as the first', () => {
    expect(readIn('Europe/Berlin', 'iso')('2011-03-27 02:30:00')).toBe('2011-03-27T01:30:00.000Z');
    expect(readIn('Europe/Berlin', 'iso')('2011-10-30 02:30:00')).toBe('2011-10-30T00:30:00.000Z');
  });

  it.each([
    ['2011-02-30', 'iso'],
    ['31/02/2011', 'dd/MM/yyyy'],
    ['19971301', 'yyyyMMdd'],
    ['2011-12-09', 'dd/MM/yyyy'],
    ['', 'iso'],
    ['soon', 'unix-s'],
  ])('does not read %j as %s', (text, format) => {
    expect(readIn('UTC', format)(text)).toBeUndefined();
    expect(readIn('Europe/Berlin', format)(text)).toBeUndefined();
  });

  it('does not mix up a repeated and a new text', () => {
    const reader = createDateReader({ format: 'iso', timeZone: 'UTC' });
    const dates = ['2011-01-01', '2011-01-01', 'x', '2011-01-02'].map((text) => reader(text)?.getUTCDate());
    expect(dates).toEqual([1, 1, undefined, 2]);
  });
});
