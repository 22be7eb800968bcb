import type { SegueEvent } from '@segue/models';
import { OUTCOME_BY_EVENT_NAME } from '../outcomes/outcome-by-event-name.js';
import { recordOutcome } from '../outcomes/record-outcome.js';
import { CONTACT_DAYS_KEPT, CONTACTS_KEPT, type ContactEntry } from './profile.js';
import { textIn } from './text-in.js';

function date(event: SegueEvent, property: string): Date | null {
  const at = new Date(textIn(event.properties, property) ?? '');
  return Number.isNaN(at.getTime()) ? null : at;
}

/** The outcome an event reports, or null for every other event. */
export function contactFromEvent(event: SegueEvent): ContactEntry | null {
  const outcome = event.type === 'track' ? OUTCOME_BY_EVENT_NAME.get(event.name) : undefined;
  if (outcome === undefined) return null;
  const { properties } = event;
  const { value } = properties;
  return {
    at: event.timestamp,
    outcome,
    channel: textIn(properties, 'channel') ?? '',
    actionId: textIn(properties, 'action_id') ?? '',
    groupId: textIn(properties, 'group_id') ?? '',
    treatmentId: textIn(properties, 'treatment_id') ?? '',
    // Without a decision it is a contact of its own.
    decisionId: textIn(properties, 'decision_id') ?? `event:${event.messageId}`,
    until: date(event, 'until'),
    ...(typeof value === 'number' && Number.isFinite(value) ? { value } : {}),
  };
}

/**
 * Puts an outcome into the contacts by the rules of outcomes (an answer replaces the one before, a repeat changes nothing),
 * and forgets what no contact policy can look back to.
 */
export function withContact(
  contacts: readonly ContactEntry[],
  contact: ContactEntry,
): readonly ContactEntry[] {
  const { changed, history } = recordOutcome(contacts, contact);
  if (!changed) return contacts;
  const newest = history.at(-1) ?? contact;
  const horizon = newest.at.getTime() - CONTACT_DAYS_KEPT * 86_400_000;
  return history.filter((entry) => entry.at.getTime() >= horizon).slice(-CONTACTS_KEPT);
}
