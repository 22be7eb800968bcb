import { describe, expect, it } from 'vitest';
import { laterChoices } from './later-choices';

const at = (day: number, hour: number): number => new Date(2026, 10, day, hour, 30).getTime();

describe('laterChoices', () => {
  it('offers an hour, and mornings at nine', () => {
    const sunday = at(22, 14);
    expect(laterChoices(sunday).map((choice) => choice.value)).toEqual([
      new Date(2026, 10, 22, 15, 30).toISOString(),
      new Date(2026, 10, 23, 9).toISOString(),
      new Date(2026, 10, 25, 9).toISOString(),
      new Date(2026, 10, 23, 9).toISOString(),
    ]);
  });

  it('means the Monday after on a Monday', () => {
    expect(laterChoices(at(23, 10))[3]?.value).toBe(new Date(2026, 10, 30, 9).toISOString());
  });

  it('says which day, unless it is today', () => {
    expect(laterChoices(at(22, 14)).map((choice) => choice.aside)).toEqual([
      '15:30',
      'Mon 09:00',
      'Wed 09:00',
      'Mon 09:00',
    ]);
  });

  it('lies ahead even late at night', () => {
    const night = at(22, 23);
    expect(laterChoices(night).every((choice) => Date.parse(choice.value) > night)).toBe(true);
  });
});
