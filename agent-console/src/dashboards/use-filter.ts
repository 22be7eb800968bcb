'use client';

import { useState } from 'react';
import { type Comparison, type Dates, FIRST_WINDOW, type Filter, type Length } from './windows';

/** What a dashboard is asked for, as its controls hold it. */
export type DashboardFilter = {
  length: Length;
  comparison: Comparison;
  dates: Dates;
  /** `company`, `browser` or `UTC`. */
  zone: Zone;
  filter: Filter;
};
export type Zone = 'company' | 'browser' | 'UTC';

const day = (at: number): string => new Date(at).toISOString().slice(0, 10);

const START: DashboardFilter = { ...FIRST_WINDOW, zone: 'company', filter: {} };

/** The controls' state; the dates begin with the last four weeks. @param now 0 while it isn't known */
export function useFilter(now: number): [DashboardFilter, (change: Partial<DashboardFilter>) => void] {
  const [state, setState] = useState(START);
  const dates =
    state.dates.first === '' && state.dates.last === '' && now > 0
      ? { first: day(now - 28 * 86_400_000), last: day(now - 86_400_000) }
      : state.dates;
  return [{ ...state, dates }, (change) => setState((before) => ({ ...before, dates, ...change }))];
}

/** The name of a zone to ask for; absent = the company's. */
export function zoneName(zone: Zone): string | undefined {
  if (zone === 'company') return undefined;
  return zone === 'UTC' ? 'UTC' : new Intl.DateTimeFormat().resolvedOptions().timeZone;
}
