import type { JsonObject } from '@segue/models';
import { MINUTE } from '../world/local-time.js';
import { alias, identify } from './emit.js';
import type { Life, Scene } from './life.js';

/** What the shop's account page knows of a customer. */
export function accountTraits(life: Life): JsonObject {
  const { identity, place } = life.customer;
  return {
    firstName: identity.firstName,
    lastName: identity.lastName,
    email: identity.email,
    ...(identity.phone === undefined ? {} : { phone: identity.phone }),
    createdAt: new Date(life.since).toISOString(),
    plan: life.plus ? 'plus' : 'standard',
    timezone: place.timeZone,
    language: place.language,
    country: place.country,
    marketing_email: life.consent.email,
    marketing_sms: life.consent.sms,
  };
}

/**
 * Logs in on a device: from then on what it sends carries the user's id. The tablet's app calls `alias` first, as
 * apps do; browsers only `identify`.
 */
export function* logIn(life: Life, device: 0 | 1): Scene {
  life.registered = true;
  life.known[device] = true;
  life.emailGiven = true;
  if (device === 1) yield alias(life, device, life.cursor + 8000);
  yield identify(life, { from: device, at: life.cursor + 9000, traits: accountTraits(life) });
}

/** A guest gives only an e-mail address, now and then with a typing mistake that a second try mends. */
export function* giveEmail(life: Life, device: 0 | 1): Scene {
  const { identity, place } = life.customer;
  const traits = { firstName: identity.firstName, lastName: identity.lastName, timezone: place.timeZone };
  if (!life.emailGiven && identity.mistypedEmail !== undefined) {
    yield identify(life, {
      from: device,
      at: life.cursor + 20_000,
      traits: { ...traits, email: identity.mistypedEmail },
    });
    life.cursor += 2 * MINUTE;
  }
  life.emailGiven = true;
  yield identify(life, {
    from: device,
    at: life.cursor + 15_000,
    traits: { ...traits, email: identity.email },
  });
}
