import { scopeWords } from '../keys/scope-words';

/** Parts of the console whose changes are in the log, as the first half of a call's name. */
export const AUDIT_PARTS = [
  { value: '', label: 'Everything' },
  { value: 'people', label: 'People' },
  { value: 'session', label: 'Invitations accepted' },
  { value: 'profile', label: 'Own accounts' },
  { value: 'key', label: 'API keys' },
  { value: 'linkKey', label: 'Keys of links' },
  { value: 'privacy', label: 'Privacy' },
  { value: 'catalogue', label: 'Catalogue and policies' },
  { value: 'journey', label: 'Journeys' },
  { value: 'segment', label: 'Segments' },
  { value: 'experiment', label: 'Experiments' },
  { value: 'model', label: 'Models' },
  { value: 'channel', label: 'Channels' },
  { value: 'outbox', label: 'Outbox' },
] as const;
export type AuditPart = (typeof AUDIT_PARTS)[number]['value'];

const WORDS: Readonly<Record<string, string>> = {
  'people.invite': 'invited',
  'people.withdrawInvitation': 'withdrew the invitation of',
  'people.setRole': 'changed the role of',
  'people.deactivate': 'deactivated',
  'people.reactivate': 'let in again',
  'people.revokeSessions': 'ended all sessions of',
  'people.resetSecondFactor': 'reset the second factor of',
  'session.acceptInvitation': 'accepted the invitation for',
  'profile.changePassword': 'changed the password of',
  'profile.enrolSecondFactor': 'began to set up a second factor for',
  'profile.confirmSecondFactor': 'switched the second factor on for',
  'profile.disableSecondFactor': 'switched the second factor off for',
  'profile.endSession': 'ended a session of',
  'profile.endOtherSessions': 'ended the other sessions of',
  'key.create': 'made the API key',
  'key.revoke': 'took back the API key',
  'privacy.begin': 'asked for a privacy request about',
  'privacy.fetch': 'fetched the export of',
  'catalogue.publish': 'published the catalogue',
  'catalogue.rollBack': 'rolled the catalogue back',
  'catalogue.createDraft': 'began a draft',
  'catalogue.saveDraft': 'saved a draft',
  'catalogue.discardDraft': 'discarded a draft',
  'people.newPassword': 'gave a new password to',
  'session.signOn': 'signed on as',
  'journey.publish': 'published a journey',
  'journey.setState': 'switched the journey',
  'journey.installPlaybook': 'put in the playbook',
  'journey.retry': 'let a stopped customer go on in a journey:',
  'journey.retryFailed': 'let all stopped customers go on in the journey',
  'journey.stop': 'took a customer out of a journey:',
  'segment.save': 'saved the segment',
  'segment.changeMembers': 'changed who is on the list',
  'model.promote': 'put in force a version of the model',
  'model.rollBack': 'went back to the version before of the model',
  'model.setShadow': 'changed what scores beside the model',
  'model.measureDrift': 'measured the drift of the model',
  'channel.test': 'sent a test by the channel',
  'channel.switchEndpointOn': 'switched on again the receiver',
  'outbox.retry': 'let a message be sent again:',
  'linkKey.rotate': 'made a new key that signs links',
  'linkKey.drop': 'took back a key that signs links',
};

/** What was done, as the middle of a sentence: "Ada [changed the role of] Ben". Calls without words keep their name. */
export function auditWords(what: string): string {
  return WORDS[what] ?? what;
}

/** The fields that differ, from what to what; all of `after` where nothing is known of before. */
export function changedFields(before: unknown, after: unknown): { name: string; from: string; to: string }[] {
  const was = fieldsOf(before);
  const is = fieldsOf(after);
  return [...new Set([...Object.keys(was), ...Object.keys(is)])]
    .map((name) => ({ name, from: textOf(name, was[name]), to: textOf(name, is[name]) }))
    .filter(({ from, to }) => from !== to);
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  if (value === null || value === undefined) return {};
  if (typeof value === 'object' && !Array.isArray(value)) return { ...value };
  return { value };
}

function textOf(field: string, value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string') return field === 'scopes' ? scopeWords(value) : value;
  if (Array.isArray(value) && value.every((each) => typeof each === 'string' || typeof each === 'number'))
    return value.map((each) => textOf(field, each)).join(', ');
  return JSON.stringify(value);
}
