import { durationToMs } from '../catalogue/duration.js';
import type { ContactEntry } from '../decide/decision-profile.js';
import type { Cooldown, FrequencyLimit } from './contact-policy.js';
import type { Selector } from './selector.js';

type Shared = FrequencyLimit['per'];

/** What of a contact or a candidate the rules look at. */
export type ContactIdentity = {
  readonly channel: string;
  readonly class: string;
  readonly issueId: string;
  readonly groupId: string;
  readonly actionId: string;
  readonly treatmentId: string;
};

/** The value that contacts must share to be counted together. */
export function sharedKey(per: Shared, contact: ContactIdentity): string {
  switch (per) {
    case 'customer':
      return '';
    case 'channel':
      return contact.channel;
    case 'class':
      return contact.class;
    case 'issue':
      return contact.issueId;
    case 'group':
      return contact.groupId;
    case 'action':
      return contact.actionId;
    case 'treatment':
      return `${contact.actionId}/${contact.treatmentId}`;
  }
}

function includes(list: readonly string[] | undefined, value: string): boolean {
  return list === undefined || list.includes(value);
}

export function selectsEntry(selector: Selector, entry: ContactEntry): boolean {
  return (
    includes(selector.channels, entry.channel) &&
    includes(selector.classes, entry.class) &&
    includes(selector.issues, entry.issueId) &&
    includes(selector.groups, entry.groupId) &&
    includes(selector.actions, entry.actionId) &&
    (selector.tags === undefined || selector.tags.some((tag) => entry.tags?.includes(tag) === true))
  );
}

/**
 * One entry per contact, at its earliest moment: several outcomes of the same decision, action and channel are one
 * contact. A click or an acceptance implies that it was shown.
 */
export function contactsOf(history: readonly ContactEntry[]): ContactEntry[] {
  const contacts = new Map<string, ContactEntry>();
  for (const entry of history) {
    const key = `${entry.decisionId}|${entry.actionId}|${entry.channel}`;
    const known = contacts.get(key);
    if (known === undefined || entry.at < known.at) contacts.set(key, entry);
  }
  return [...contacts.values()];
}

/** Moments of the contacts a limit counts, by what they share, oldest first. */
export function limitTimes(
  limit: FrequencyLimit,
  contacts: readonly ContactEntry[],
  now: number,
): Map<string, number[]> {
  const start = now - durationToMs(limit.window);
  const times = new Map<string, number[]>();
  for (const contact of contacts) {
    const at = contact.at.getTime();
    if (at <= start || !selectsEntry(limit.appliesTo, contact)) continue;
    const key = sharedKey(limit.per, contact);
    const list = times.get(key);
    if (list === undefined) times.set(key, [at]);
    else list.push(at);
  }
  for (const list of times.values()) list.sort((a, b) => a - b);
  return times;
}

/** When a limit that is reached lets the next contact through; null = never. */
export function limitFreeAt(limit: FrequencyLimit, times: readonly number[]): Date | null {
  const mustExpire = times.length - limit.max;
  const last = times[mustExpire];
  return limit.max === 0 || last === undefined ? null : new Date(last + durationToMs(limit.window));
}

export type CooldownState = { readonly until: number; readonly count: number };

/** By what outcomes share with a candidate: until when it is suppressed, and how many outcomes did that. */
export function cooldownStates(
  cooldown: Cooldown,
  history: readonly ContactEntry[],
): Map<string, CooldownState> {
  const within = durationToMs(cooldown.within);
  const suppressFor = durationToMs(cooldown.suppressFor);
  const times = new Map<string, number[]>();
  for (const entry of history) {
    if (!cooldown.outcomes.some((outcome) => outcome === entry.outcome)) continue;
    if (!selectsEntry(cooldown.appliesTo, entry)) continue;
    const key = sharedKey(cooldown.per, entry);
    const list = times.get(key);
    if (list === undefined) times.set(key, [entry.at.getTime()]);
    else list.push(entry.at.getTime());
  }
  const states = new Map<string, CooldownState>();
  for (const [key, list] of times) {
    list.sort((a, b) => a - b);
    for (let index = cooldown.times - 1; index < list.length; index += 1) {
      const last = list[index];
      const first = list[index - cooldown.times + 1];
      if (last === undefined || first === undefined || last - first > within) continue;
      states.set(key, { until: last + suppressFor, count: cooldown.times });
    }
  }
  return states;
}
