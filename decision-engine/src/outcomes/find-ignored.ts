import { durationToMs } from '../catalogue/duration.js';
import type { OutcomeSettings } from './outcome-settings.js';
import { type OutcomeEntry, recordOutcome, sameContact } from './record-outcome.js';

/** `ignored` entries that are due: shown longer ago than the settings allow, without any answer since. */
export function findIgnored<Entry extends OutcomeEntry>(
  history: readonly Entry[],
  settings: Pick<OutcomeSettings, 'ignoredAfter'>,
  now: Date,
): Entry[] {
  const wait = durationToMs(settings.ignoredAfter);
  return history.flatMap((entry) => {
    const due = entry.at.getTime() + wait;
    if (entry.outcome !== 'shown' || due > now.getTime()) return [];
    const ignored = { ...entry, outcome: 'ignored' as const, at: new Date(due) };
    const alone: readonly OutcomeEntry[] = history.filter((known) => sameContact(known, entry));
    return recordOutcome(alone, ignored).changed ? [ignored] : [];
  });
}
