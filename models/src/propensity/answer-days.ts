import type { Table } from '../tables/table.js';

/** Share of the yeses that have come by then. */
const MOST = 0.95;
/** Fewer yeses of a channel say too little; then those of all channels speak for it. */
const ENOUGH = 20;

/**
 * By when silence is as good as a no: the days after which 95 % of the yeses had come, per channel, and of all channels
 * under the empty name. A channel with fewer than 20 yeses has no entry, and nothing has with fewer in all.
 *
 * @param daysToYes per row; NaN without a yes
 */
export function answerDays(
  table: Table,
  daysToYes: Float64Array,
  rows: Int32Array,
): Readonly<Record<string, number>> {
  const channels = table.columns.find(({ name }) => name === 'channel');
  const days = new Map<string, number[]>();
  for (const row of rows) {
    const took = daysToYes[row] ?? Number.NaN;
    if (Number.isNaN(took)) continue;
    const code = channels?.kind === 'categorical' ? (channels.codes[row] ?? -1) : -1;
    const channel = channels?.kind === 'categorical' ? (channels.levels[code] ?? '') : '';
    for (const name of new Set([channel, ''])) {
      const known = days.get(name);
      if (known === undefined) days.set(name, [took]);
      else known.push(took);
    }
  }
  return Object.fromEntries(
    [...days]
      .filter(([, took]) => took.length >= ENOUGH)
      .map(([name, took]) => {
        took.sort((a, b) => a - b);
        return [name, took[Math.ceil(took.length * MOST) - 1] ?? Number.NaN];
      }),
  );
}
