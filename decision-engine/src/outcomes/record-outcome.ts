import type { ContactEntry } from '../decide/decision-profile.js';

/** What of a contact the rules of outcomes look at; the stored form and the core's form both have it. */
export type OutcomeEntry = Pick<ContactEntry, 'at' | 'outcome' | 'decisionId' | 'actionId' | 'channel'>;

/** Answers exclude each other: the latest counts, so an agent can take one back. */
const ANSWERS: readonly ContactEntry['outcome'][] = ['accepted', 'rejected', 'postponed'];
/** Any of these says that the customer did not ignore it. */
const RESPONSES: readonly ContactEntry['outcome'][] = [...ANSWERS, 'clicked', 'converted'];

export type RecordedOutcome<Entry> =
  | { readonly changed: true; readonly history: readonly Entry[] }
  /** Nothing to do: seen before, or overtaken by what is known already. */
  | { readonly changed: false; readonly history: readonly Entry[]; readonly reason: string };

/** Entries of one decision, action and channel are one contact. */
export function sameContact(a: OutcomeEntry, b: OutcomeEntry): boolean {
  return a.decisionId === b.decisionId && a.actionId === b.actionId && a.channel === b.channel;
}

function insertByTime<Entry extends OutcomeEntry>(history: readonly Entry[], entry: Entry): Entry[] {
  const after = history.findIndex((known) => known.at > entry.at);
  return after < 0 ? [...history, entry] : [...history.slice(0, after), entry, ...history.slice(after)];
}

/**
 * Puts one outcome into the contact history, oldest first; twice changes nothing.
 * - `shown`, or anything that implies it, turns a reservation into a contact.
 * - `accepted`, `rejected` and `postponed` replace each other, the later one counts.
 * - `ignored` gives way to any response, before or after.
 */
export function recordOutcome<Entry extends OutcomeEntry>(
  history: readonly Entry[],
  entry: Entry,
): RecordedOutcome<Entry> {
  const ofContact = history.filter((known) => sameContact(known, entry));
  const again = ofContact.some(
    (known) => known.outcome === entry.outcome && !ANSWERS.includes(entry.outcome),
  );
  if (again) return { changed: false, history, reason: `"${entry.outcome}" is recorded already` };
  if (entry.outcome === 'reserved' && ofContact.length > 0) {
    return { changed: false, history, reason: 'the contact is known already' };
  }
  if (entry.outcome === 'ignored' && ofContact.some((known) => RESPONSES.includes(known.outcome))) {
    return { changed: false, history, reason: 'the customer answered' };
  }
  if (ANSWERS.includes(entry.outcome)) {
    const last = ofContact.filter((known) => ANSWERS.includes(known.outcome)).at(-1);
    if (last !== undefined && (last.outcome === entry.outcome || last.at > entry.at)) {
      return { changed: false, history, reason: `"${last.outcome}" is recorded already` };
    }
  }
  const kept = history.filter((known) => !sameContact(known, entry) || !isReplaced(known, entry));
  return { changed: true, history: insertByTime(kept, entry) };
}

function isReplaced(known: OutcomeEntry, entry: OutcomeEntry): boolean {
  if (known.outcome === 'reserved') return true;
  if (known.outcome === 'ignored') return RESPONSES.includes(entry.outcome);
  return ANSWERS.includes(known.outcome) && ANSWERS.includes(entry.outcome);
}

/** Gives back the room a decision took, when nothing was sent after all. */
export function releaseReservation(
  history: readonly ContactEntry[],
  decisionId: string,
): readonly ContactEntry[] {
  return history.filter((known) => known.outcome !== 'reserved' || known.decisionId !== decisionId);
}
