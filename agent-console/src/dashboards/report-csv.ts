import type { MeasureReport } from '../engine/engine-types';
import { measureWords } from './measure-words';

/** A cell as RFC 4180 wants it. A text that a spreadsheet would run as a formula begins with an apostrophe. */
function cell(value: string | number | null): string {
  if (value === null) return '';
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export function toCsv(rows: readonly (readonly (string | number | null)[])[]): string {
  return `${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}

/** Everything a dashboard shows, a figure a line, with its unit, window, sample and interval. */
export function reportCsv({ from, to, currency, measures, stages, acceptance }: MeasureReport): string {
  const window = [from, to];
  const money = currency ?? 'money';
  return toCsv([
    [
      'figure',
      'of',
      'from',
      'to',
      'unit',
      'value',
      'low 95 %',
      'high 95 %',
      'n',
      'counted',
      'compared with',
      'change',
    ],
    ...measures.map(({ measure, compared, change }) => [
      measureWords(measure.key).name,
      '',
      ...window,
      measure.unit === 'money' ? money : measure.unit,
      measure.value,
      measure.low,
      measure.high,
      measure.n,
      measure.of,
      compared?.value ?? null,
      change?.value ?? null,
    ]),
    ...stages.map(({ name, share }) => [
      'Customers at a stage',
      name,
      ...window,
      'share',
      share.value,
      share.low,
      share.high,
      share.n,
      'customers who looked at a product',
    ]),
    ...(['byAction', 'byChannel', 'byGroup'] as const).flatMap((by) =>
      acceptance[by].map(({ name, value, low, high, n }) => [
        `Acceptance ${by.slice(2).toLowerCase()}`,
        name,
        ...window,
        'share',
        value,
        low,
        high,
        n,
        'actions shown',
      ]),
    ),
  ]);
}
