import { durationToMs } from '../catalogue/duration.js';
import type { ContactEntry } from '../decide/decision-profile.js';
import type { OutcomeSettings } from './outcome-settings.js';
import { recordOutcome, sameContact } from './record-outcome.js';

/** `ignored` entries that are due: shown longer ago than the settings allow, without any answer since. */
export function findIgnored(
  history: readonly ContactEntry[],
  settings: OutcomeSettings,
  now: Date,
): ContactEntry[] {
  const wait = durationToMs(settings.ignoredAfter);
  return history.flatMap((entry) => {
    const due = entry.at.getTime() + wait;
    if (entry.outcome !== 'shown' || due > now.getTime()) return [];
    const ignored: ContactEntry = { ...entry, outcome: 'ignored', at: new Date(due) };
    const alone = history.filter((known) => sameContact(known, entry));
    return recordOutcome(alone, ignored).changed ? [ignored] : [];
  });
}
