import { createHash } from 'node:crypto';
import type { Identity } from '../api/shapes/identity.js';
import type { CustomerId } from './profile.js';

export type IdentityKey = `${Identity['kind']}:${string}`;

/** Strongest first: an event's customer is looked for in this order, and a new customer's id is made from the first. */
const STRENGTH: readonly Identity['kind'][] = ['userId', 'externalId', 'email', 'phone', 'anonymousId'];

export function identityKey(identity: Identity): IdentityKey {
  return `${identity.kind}:${identity.value}`;
}

/** The same person types an address in many ways: case and blanks don't count, nor do the separators of a number. */
export function normaliseIdentity(identity: Identity): Identity | null {
  const value = normalisers[identity.kind](identity.value.trim());
  return value === '' || value.length > 512 ? null : { kind: identity.kind, value };
}

const asIs = (value: string): string => value;
const normalisers: Record<Identity['kind'], (value: string) => string> = {
  userId: asIs,
  anonymousId: asIs,
  externalId: asIs,
  email: (value) => (/^[^\s@]+@[^\s@]+$/.test(value) ? value.toLowerCase() : ''),
  phone: (value) => {
    const digits = value.replace(/[\s().\-/]/g, '');
    return /^\+?\d{5,18}$/.test(digits) ? digits : '';
  },
};

/** Identities without repeats, strongest first. */
export function orderIdentities(identities: readonly Identity[]): Identity[] {
  const byKey = new Map(identities.map((identity) => [identityKey(identity), identity]));
  return [...byKey.values()].sort((a, b) => STRENGTH.indexOf(a.kind) - STRENGTH.indexOf(b.kind));
}

/**
 * The id of a customer first met under this identity. It is made from the identity, so that two processes that meet
 * the same newcomer at once, or one that repeats its work after a crash, make the same customer.
 */
export function customerIdFor(identity: Identity): CustomerId {
  const digest = createHash('sha256').update(identityKey(identity)).digest('base64url');
  return `cus_${digest.slice(0, 22)}` as CustomerId;
}
