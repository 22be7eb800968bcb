const DAY_MS = 86_400_000;

export const LENGTHS = [
  { value: '7', label: '7 days' },
  { value: '28', label: '28 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: 'A year' },
  { value: 'dates', label: 'Dates' },
] as const;
export type Length = (typeof LENGTHS)[number]['value'];

export const COMPARISONS = [
  { value: 'before', label: 'The time before' },
  { value: 'year', label: 'A year before' },
  { value: 'holdOut', label: 'Customers held out' },
  { value: 'none', label: 'Nothing' },
] as const;
export type Comparison = (typeof COMPARISONS)[number]['value'];

/** First and last day, both included, as a date field writes them. */
export type Dates = { first: string; last: string };

/** Whose events count; an absent one does not narrow it. */
export type Filter = { segment?: string; journey?: string; action?: string; channel?: string };

export type Asked = Filter & {
  from: string;
  to: string;
  timeZone?: string;
  compareFrom?: string;
  compareTo?: string;
  against?: 'holdOut';
};

const text = (at: number): string => new Date(at).toISOString();

/** Days as the engine reads them: from the start of the first to the start of the one after the last. Null where they are none. */
function daysOf({ first, last }: Dates): { from: number; to: number } | null {
  const [from, to] = [Date.parse(`${first}T00:00:00Z`), Date.parse(`${last}T00:00:00Z`) + DAY_MS];
  return Number.isNaN(from) || Number.isNaN(to) || to <= from || to - from > 400 * DAY_MS
    ? null
    : { from, to };
}

type Wanted = { length: Length; comparison: Comparison; dates: Dates };

/** What a dashboard shows first. */
export const FIRST_WINDOW: Wanted = { length: '28', comparison: 'before', dates: { first: '', last: '' } };

/**
 * The window and what it is compared with: so many days that end with the last full hour, or whole days of a time zone.
 * Null where the dates are no window.
 */
export function windowOf(now: number, { length, comparison, dates }: Wanted): Asked | null {
  const days = length === 'dates' ? daysOf(dates) : null;
  if (length === 'dates' && days === null) return null;
  const full = Math.floor(now / 3_600_000) * 3_600_000;
  const { from, to } = days ?? { from: full - Number(length) * DAY_MS, to: full };
  const said = (at: number): string => (days === null ? text(at) : text(at).slice(0, 10));
  const window = { from: said(from), to: said(to) };
  if (comparison === 'none') return window;
  if (comparison === 'holdOut') return { ...window, against: 'holdOut' };
  const shift = comparison === 'before' ? to - from : 365 * DAY_MS;
  return { ...window, compareFrom: said(from - shift), compareTo: said(to - shift) };
}
