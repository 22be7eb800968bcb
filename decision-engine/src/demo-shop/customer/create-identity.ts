import { createDraws } from '../chance/draws.js';
import { pick } from '../chance/pick.js';
import { FIRST_NAMES, LAST_NAMES } from '../world/people-names.js';
import type { Place } from '../world/places.js';
import type { Identity } from './customer.js';
import { fictionalPhone } from './fictional-phone.js';

/** Reserved for examples by RFC 2606, so no message can ever reach a real person. */
const DOMAINS = ['example.com', 'example.org', 'example.net'];
const IDENTITY_STREAM = 2;

/** Ids, e-mail address and phone of one customer: unique within a world, and the same whenever it is made again. */
export function createIdentity(seed: number, index: number, place: Place): Identity {
  const draws = createDraws(seed, index, IDENTITY_STREAM);
  const firstName = pick(draws, FIRST_NAMES);
  const lastName = pick(draws, LAST_NAMES);
  const token = () => draws.below(0x1_0000_0000).toString(16).padStart(8, '0');
  const device = () => {
    const [a, b, c, d] = [token(), token(), token(), token()];
    return `${a}-${b.slice(0, 4)}-4${b.slice(5)}-8${c.slice(1, 4)}-${c.slice(4)}${d}`;
  };
  const first = ascii(firstName);
  const last = ascii(lastName);
  const domain = pick(draws, DOMAINS);
  const devices: [string, string] = [device(), device()];
  // A mistyped address keeps the number, so that it can't be another customer's.
  const mistyped = draws.chance(0.06) ? `${first.slice(0, -1)}.${last}${index}@${domain}` : undefined;
  const hasPhone = draws.chance(0.7);
  const phone = hasPhone ? fictionalPhone(place.phone, index) : undefined;
  return {
    firstName,
    lastName,
    userId: `u-${100_000 + index}`,
    devices,
    email: `${first}.${last}${index}@${domain}`,
    card: `card_${token()}${index.toString(36)}`,
    ...(mistyped === undefined ? {} : { mistypedEmail: mistyped }),
    ...(phone === undefined ? {} : { phone }),
  };
}

function ascii(name: string): string {
  return name
    .normalize('NFD')
    .replace(/[^a-zA-Z]/g, '')
    .toLowerCase();
}
