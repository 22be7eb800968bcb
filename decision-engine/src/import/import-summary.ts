import { type ImportCounts, tookNothing } from './import-checkpoint.js';
import type { ImportOutcome } from './run-import.js';

export type ImportCost = { readonly seconds: number; readonly peakMemoryBytes: number };

export type SummaryContext = ImportCost & { readonly file: string; readonly rejectedPath: string };

const number = (value: number): string => value.toLocaleString('en');

function table(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([label]) => label.length));
  return rows.map(([label, value]) => `  ${label.padEnd(width)}  ${value}`).join('\n');
}

function countsTable(
  counts: ImportCounts,
  { seconds, peakMemoryBytes, rejectedPath }: SummaryContext,
): string {
  const guests = counts.guestOrders === 0 ? '' : `, and ${number(counts.guestOrders)} of guests left out`;
  const rejected = counts.rejected === 0 ? 'none' : `${number(counts.rejected)}, see ${rejectedPath}`;
  return table([
    ['rows read', number(counts.rows)],
    ['orders', `${number(counts.orders)}${guests}`],
    ['customers', number(counts.customers)],
    ['events stored', number(counts.accepted)],
    ['stored before', number(counts.duplicates)],
    ['rows rejected', rejected],
    ['time', `${seconds.toFixed(1)} s`],
    ['peak memory', `${number(Math.round(peakMemoryBytes / 1024 / 1024))} MB in this process`],
  ]);
}

/** What an import came to, for people. */
export function describeOutcome(outcome: ImportOutcome, context: SummaryContext): string {
  switch (outcome.status) {
    case 'already-imported': {
      const { orders, customers } = outcome.counts;
      const was = `${number(orders)} orders of ${number(customers)} customers`;
      return `${context.file} was imported already, on ${outcome.finishedAt.toISOString()} (${was}). Nothing was changed.\n`;
    }
    case 'interrupted':
      return `Stopped. ${number(outcome.eventsDone)} events are stored; the same command goes on from there.\n`;
    case 'imported': {
      const from = outcome.resumedAtEvent;
      const resumed = from === 0 ? '' : ` (gone on with, from event ${number(from)})`;
      const title = tookNothing(outcome.counts)
        ? `Not one row of ${context.file} could be taken. Is --format the right one?`
        : `Imported ${context.file}${resumed}`;
      return `${title}\n${countsTable(outcome.counts, context)}\n`;
    }
  }
}
