const DAY_MS = 86_400_000;

export const LENGTHS = [
  { value: '7', label: '7 days' },
  { value: '28', label: '28 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: 'A year' },
] as const;
export type Length = (typeof LENGTHS)[number]['value'];

export const COMPARISONS = [
  { value: 'before', label: 'The time before' },
  { value: 'year', label: 'A year before' },
  { value: 'none', label: 'Nothing' },
] as const;
export type Comparison = (typeof COMPARISONS)[number]['value'];

export type Asked = { from: string; to: string; compareFrom?: string; compareTo?: string };

/** The window of so many days that ends with the last full hour, and the one it is compared with. */
export function windowOf(now: number, length: Length, comparison: Comparison): Asked {
  const to = Math.floor(now / 3_600_000) * 3_600_000;
  const days = Number(length) * DAY_MS;
  const shift = comparison === 'before' ? days : 365 * DAY_MS;
  const text = (at: number): string => new Date(at).toISOString();
  const window = { from: text(to - days), to: text(to) };
  if (comparison === 'none') return window;
  return { ...window, compareFrom: text(to - days - shift), compareTo: text(to - shift) };
}
