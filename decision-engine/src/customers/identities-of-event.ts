import type { InboundEvent } from '@segue/integrations';
import type { Identity } from '../api/shapes/identity.js';
import { normaliseIdentity, orderIdentities } from './identity.js';

function textOf(object: Readonly<Record<string, unknown>>, key: string): string | undefined {
  const value = object[key];
  return typeof value === 'string' ? value : undefined;
}

/** `context.externalIds`: `[{ id, type }]`, as Segment's clients send it. */
function externalIds(context: InboundEvent['context']): string[] {
  const list = context['externalIds'];
  if (!Array.isArray(list)) return [];
  return list.flatMap((entry: unknown) => {
    if (typeof entry !== 'object' || entry === null || !('id' in entry) || typeof entry.id !== 'string')
      return [];
    const type = 'type' in entry && typeof entry.type === 'string' ? entry.type : 'id';
    return [`${type}:${entry.id}`];
  });
}

/**
 * Every identity an event carries, cleaned, strongest first. E-mail and phone count on `identify` only: in other
 * events they may be somebody else's (a gift's receiver, a referred friend).
 */
export function identitiesOfEvent(event: InboundEvent): Identity[] {
  const found: (Identity | null)[] = [];
  const add = (kind: Identity['kind'], value: string | undefined): void => {
    if (value !== undefined) found.push(normaliseIdentity({ kind, value }));
  };
  add('userId', event.userId);
  add('anonymousId', event.anonymousId);
  // `previousId` may have been a user id or an anonymous one; the resolver looks for both.
  if (event.type === 'alias') add('anonymousId', event.previousId);
  if (event.type === 'identify') {
    add('email', textOf(event.traits, 'email'));
    add('phone', textOf(event.traits, 'phone'));
  }
  for (const id of externalIds(event.context)) add('externalId', id);
  return orderIdentities(found.filter((identity) => identity !== null));
}
