import type { AuditTarget } from './audit-document.js';

/** What calls name what they change by, the narrower first. */
const NAMES: readonly (readonly [field: string, kind: string])[] = [
  ['runId', 'run'],
  ['deliveryId', 'message'],
  ['draftId', 'draft'],
  ['journeyId', 'journey'],
  ['playbookId', 'playbook'],
  ['segmentId', 'segment'],
  ['keyId', 'key'],
  ['email', 'person'],
  ['model', 'model'],
  ['channel', 'channel'],
  ['endpoint', 'endpoint'],
];

/** What a call is about, as far as its input says; null where it doesn't. The work itself may know better. */
export function targetOf(input: unknown): AuditTarget | null {
  if (typeof input !== 'object' || input === null) return null;
  const fields = new Map<string, unknown>(Object.entries(input));
  for (const [field, kind] of NAMES) {
    const id = fields.get(field);
    // Longer than any of our ids: the input has not been checked yet.
    if (typeof id === 'string' && id.length <= 300) return { kind, id, name: id };
  }
  return null;
}
