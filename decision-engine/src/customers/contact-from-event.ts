import { OUTCOME_EVENT_NAMES, type Outcome, type SegueEvent } from '@segue/models';
import { recordOutcome } from '../outcomes/record-outcome.js';
import { CONTACT_DAYS_KEPT, CONTACTS_KEPT, type ContactEntry } from './profile.js';

const OUTCOME_BY_NAME: ReadonlyMap<string, Outcome> = new Map(
  (Object.keys(OUTCOME_EVENT_NAMES) as Outcome[]).map((outcome) => [OUTCOME_EVENT_NAMES[outcome], outcome]),
);

function text(event: SegueEvent, property: string): string {
  const value = event.properties[property];
  return typeof value === 'string' ? value : '';
}

function date(event: SegueEvent, property: string): Date | null {
  const at = new Date(text(event, property));
  return Number.isNaN(at.getTime()) ? null : at;
}

/** The outcome an event reports, or null for every other event. */
export function contactFromEvent(event: SegueEvent): ContactEntry | null {
  const outcome = event.type === 'track' ? OUTCOME_BY_NAME.get(event.name) : undefined;
  if (outcome === undefined) return null;
  const { value } = event.properties;
  return {
    at: event.timestamp,
    outcome,
    channel: text(event, 'channel'),
    actionId: text(event, 'action_id'),
    groupId: text(event, 'group_id'),
    treatmentId: text(event, 'treatment_id'),
    // Without a decision it is a contact of its own.
    decisionId: text(event, 'decision_id') || `event:${event.messageId}`,
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
