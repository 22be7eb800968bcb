import { createDraws, type Draws } from '../chance/draws.js';
import { pickIndex } from '../chance/pick.js';
import { clamp, squash } from '../chance/squash.js';
import type { DemoChannel } from '../world/actions.js';
import { CATEGORIES } from '../world/categories.js';
import { PLACES } from '../world/places.js';
import { TASTE_GROUPS, type TasteGroup } from '../world/taste-groups.js';
import { createIdentity } from './create-identity.js';
import type { ConsentGiven, Customer } from './customer.js';

const TRAIT_STREAM = 1;
/** Share of customers who belong to no group. */
const LONERS = 0.08;

/** The customer with this number in the world of this seed: a mixture of taste groups and their own ways. */
export function createCustomer(seed: number, index: number): Customer {
  const draws = createDraws(seed, index, TRAIT_STREAM);
  const place =
    PLACES[
      pickIndex(
        draws,
        PLACES.map(({ share }) => share),
      )
    ] ?? PLACES[0];
  if (place === undefined) throw new Error('Expected "PLACES" to hold at least one place, got none');
  const mixture = drawMixture(draws);
  const own = mixture.loner ? 1 : 0.35;
  const blend = (read: (group: TasteGroup) => number) =>
    TASTE_GROUPS.reduce((sum, group, at) => sum + (mixture.weights[at] ?? 0) * read(group), 0);
  const channel = (name: DemoChannel) => blend((group) => group.channels[name]) + own * 0.4 * draws.normal();
  const channels = {
    agent: channel('agent'),
    email: channel('email'),
    web: channel('web'),
    sms: channel('sms'),
  };
  const buying = blend((group) => group.buying) + own * draws.normal();
  const receptive = clamp(0.22 + 0.25 * channels.email + 0.4 * draws.normal(), -1, 1);
  return {
    index,
    group: mixture.loner ? 'loner' : mixture.name,
    place,
    identity: createIdentity(seed, index, place),
    consent: drawConsent(draws, channels),
    interests: CATEGORIES.map(
      (name) => blend((group) => group.likes[name] ?? 0) + own * 0.6 * draws.normal(),
    ),
    priceSensitivity: clamp(blend((group) => group.priceSensitivity) + own * 0.25 * draws.normal(), 0, 1),
    patience: clamp(0.5 + 0.22 * draws.normal(), 0, 1),
    channels,
    hour: (blend((group) => group.hour) + own * 3 * draws.normal() + 24) % 24,
    visitsPerDay: (blend((group) => group.visitsPerYear) / 365) * Math.exp(0.75 * draws.normal() - 0.5),
    buying,
    spending: blend((group) => group.spending) + 0.55 * draws.normal(),
    receptive,
    selfDrive: squash(-0.4 + 1.1 * buying + 0.6 * draws.normal()),
    restlessness: 0.5 * draws.normal(),
    fatigue: clamp(0.28 + 0.07 * draws.normal(), 0.02, 0.7),
    loginVisit: draws.chance(0.07) ? Number.POSITIVE_INFINITY : 1 + draws.count(0.9),
    secondDevice: draws.chance(0.45) ? 0.15 + 0.35 * draws.uniform() : 0,
    shopsInStore: draws.chance(0.2),
  };
}

/** Most people lean on one group and have something of a second or third. */
function drawMixture(draws: Draws): { weights: number[]; name: string; loner: boolean } {
  const loner = draws.chance(LONERS);
  const raw = TASTE_GROUPS.map(({ share }) => (loner ? draws.uniform() : share * draws.wait(1) ** 6));
  const total = raw.reduce((sum, weight) => sum + weight, 0);
  const weights = raw.map((weight) => weight / total);
  const strongest = weights.indexOf(Math.max(...weights));
  return { weights, name: TASTE_GROUPS[strongest]?.name ?? 'loner', loner };
}

function drawConsent(draws: Draws, channels: Customer['channels']): ConsentGiven {
  return {
    email: draws.chance(squash(0.9 + 0.9 * channels.email)),
    sms: draws.chance(squash(-0.9 + 0.9 * channels.sms)),
    personalisation: draws.chance(0.93),
  };
}
