import type { MeasureReport } from '../engine/engine-types';
import { numberWords } from '../number/number-words';
import type { DashboardFilter } from './use-filter';

/** Which time a report is of, whose, and what it is held against. */
export function windowWords(
  { from, to, timeZone, customers, baseline }: MeasureReport,
  { comparison, filter }: Pick<DashboardFilter, 'comparison' | 'filter'>,
): string {
  const format = new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZone,
  });
  const window = `${format.format(Date.parse(from))} to ${format.format(Date.parse(to))}, ${timeZone}.`;
  const whose = customers === null ? '' : ` ${numberWords(customers)} customers counted.`;
  const missing =
    comparison === 'holdOut' && baseline === null
      ? ' Nobody is held out, so there is nothing to compare with.'
      : '';
  const chosen =
    filter.action === undefined && filter.channel === undefined && filter.journey === undefined
      ? ''
      : ' Who was shown something, or entered a journey, differs from the others beforehand: a difference here is no effect.';
  return `${window}${whose}${missing}${chosen}`;
}
