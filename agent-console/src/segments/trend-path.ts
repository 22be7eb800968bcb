import { numberWords } from '../number/number-words';
export type TrendPoint = { day: string; size: number };

/** The whole height stands for at least this share of the largest size. */
const LEAST_RANGE = 0.25;

/** Points of a small line: days from left to right by their distance, sizes from below, with the range of both. */
export function trendPath(
  trend: readonly TrendPoint[],
  { width, height }: { width: number; height: number },
): string {
  const sizes = trend.map(({ size }) => size);
  const high = Math.max(...sizes);
  // A few customers more or less in a hundred are drawn as the little they are.
  const range = Math.max(high - Math.min(...sizes), high * LEAST_RANGE) || 1;
  const low = high - range;
  const days = trend.map(({ day }) => Date.parse(day) / 86_400_000);
  const first = days[0] ?? 0;
  const span = (days.at(-1) ?? first) - first || 1;
  return trend
    .map(({ size }, index) => {
      const x = (((days[index] ?? first) - first) / span) * width;
      const y = height - ((size - low) / range) * height;
      return `${index === 0 ? 'M' : 'L'} ${x.toFixed(1)} ${y.toFixed(1)}`;
    })
    .join(' ');
}

/** What came of it since the first day that is known: "+12 in 30 days"; '' where there is one day only. */
export function trendWords(trend: readonly TrendPoint[]): string {
  const first = trend[0];
  const last = trend.at(-1);
  if (first === undefined || last === undefined || first.day === last.day) return '';
  const days = Math.round((Date.parse(last.day) - Date.parse(first.day)) / 86_400_000);
  const change = last.size - first.size;
  const signed = change > 0 ? `+${numberWords(change)}` : numberWords(change);
  return `${change === 0 ? 'no change' : signed} in ${days} ${days === 1 ? 'day' : 'days'}`;
}
