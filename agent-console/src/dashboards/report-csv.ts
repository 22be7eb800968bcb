import type { MeasureReport } from '../engine/engine-types';
import { isTooFew, measureWords } from './measure-words';
import type { Filter } from './windows';

type Cell = string | number | null;
type Figure = { value: number | null; low: number | null; high: number | null; n: number };

/** A cell as RFC 4180 wants it. A text that a spreadsheet would run as a formula begins with an apostrophe. */
function cell(value: Cell): string {
  if (value === null) return '';
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export function toCsv(rows: readonly (readonly Cell[])[]): string {
  return `${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}

const HEAD = [
  'figure',
  'of',
  'from',
  'to',
  'time zone',
  'customers',
  'unit',
  'value',
  'low 95 %',
  'high 95 %',
  'n',
  'counted',
  'baseline',
  'baseline value',
  'baseline n',
  'change',
  'change low 95 %',
  'change high 95 %',
];

/** Value, interval and n as they are shown: of too few there is no figure. */
function shown(figure: Figure): Cell[] {
  const { value, low, high, n } = figure;
  return isTooFew(figure) ? ['too few', null, null, n] : [value, low, high, n];
}

/** Everything a dashboard shows, a figure a line, with its unit, window, sample, interval and what it is held against. */
export function reportCsv(report: MeasureReport, filter: Filter = {}): string {
  const { from, to, timeZone, currency, baseline, measures, stages, acceptance } = report;
  const narrowed = Object.entries(filter).map(([by, value]) => `${by} ${value}`);
  const window = [from, to, timeZone, narrowed.join('; ') || 'all'];
  const money = currency ?? 'money';
  const against = { holdOut: 'customers held out', window: 'another window', none: '' }[baseline ?? 'none'];
  return toCsv([
    HEAD,
    ...measures.map(({ measure, compared, change }) => {
      const few = isTooFew(measure) || (compared !== null && isTooFew(compared));
      return [
        measureWords(measure.key).name,
        '',
        ...window,
        measure.unit === 'money' ? money : measure.unit,
        ...shown(measure),
        measure.of,
        compared === null || compared.value === null ? '' : against,
        compared === null ? null : (shown(compared)[0] ?? null),
        compared?.n ?? null,
        ...(few ? [null, null, null] : [change?.value ?? null, change?.low ?? null, change?.high ?? null]),
      ];
    }),
    ...(report.contactsAvoided === null
      ? []
      : [
          [
            'Contacts avoided in a hundred customers',
            '',
            ...window,
            'number',
            ...shown(report.contactsAvoided),
            'customers decided for, both groups',
            'customers held out',
          ],
        ]),
    ...report.valueBySegment.flatMap(({ segmentId, lastYear, nextYear }) => [
      [
        'Spent in the last year',
        segmentId,
        ...window,
        money,
        ...shown(lastYear),
        'customers with a prediction',
      ],
      [
        'Expected in the next year',
        segmentId,
        ...window,
        money,
        ...shown(nextYear),
        'customers with a prediction',
      ],
    ]),
    ...stages.map(({ name, share }) => [
      'Customers at a stage',
      name,
      ...window,
      'share',
      ...shown(share),
      'customers who looked at a product',
    ]),
    ...(['byAction', 'byChannel', 'byGroup'] as const).flatMap((by) =>
      acceptance[by].map((figure) => [
        `Acceptance ${by.slice(2).toLowerCase()}`,
        figure.name,
        ...window,
        'share',
        ...shown(figure),
        'actions shown',
      ]),
    ),
    ...report.overTime.map(({ from: start, revenue, orders }) => [
      'Revenue of a step',
      start,
      ...window,
      money,
      revenue,
      null,
      null,
      orders,
      'orders',
    ]),
  ]);
}
