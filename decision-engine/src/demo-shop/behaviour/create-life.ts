import type { JsonObject } from '@segue/models';
import TinyQueue from 'tinyqueue';
import { createDraws, type Draws } from '../chance/draws.js';
import type { Customer } from '../customer/customer.js';
import { DAY } from '../world/local-time.js';
import type { Life, Plan } from './life.js';
import type { World } from './live-life.js';
import { tastesOf } from './tastes.js';

const LIFE_STREAM = 3;
const ANSWER_STREAM = 4;
const ARRIVAL_STREAM = 5;
/** Share of customers who had an account before the world starts. */
const EARLIER = 0.55;

export type Arrival = { readonly at: number; readonly since: number };

/** What a world says of when its customers come. */
export type Arrivals = Pick<World, 'seed' | 'start' | 'end' | 'arrivalsUntil' | 'afresh'>;

/** When a customer first comes: at the start for those who were there before, else any day of the horizon. */
export function arrivalOf(world: Arrivals, index: number): Arrival {
  const draws = createDraws(world.seed, index, ARRIVAL_STREAM);
  const earlier = draws.chance(EARLIER);
  const share = draws.uniform();
  if (world.afresh !== undefined && index >= world.afresh.newcomers.from) {
    const { from, every } = world.afresh.newcomers;
    const at = Math.floor(world.afresh.at + (index - from + share) * every);
    return { at, since: at };
  }
  if (earlier) return { at: world.start, since: world.start - (30 + share * 1100) * DAY };
  const at = Math.floor(world.start + share * ((world.arrivalsUntil ?? world.end) - world.start));
  return { at, since: at };
}

/** Chance in a customer's behaviour; `since` begins another course of it. */
export function drawsOfLife(seed: number, index: number, since = 0): Draws {
  return createDraws(seed, index, LIFE_STREAM, since);
}

/** Earliest first. */
export function createAgenda(plans: Plan[]): TinyQueue<Plan> {
  return new TinyQueue(plans, (a, b) => a.at - b.at);
}

export function createLife(seed: number, customer: Customer, arrival: Arrival): Life {
  const draws = drawsOfLife(seed, customer.index);
  const { locale, timeZone } = customer.place;
  const earlier = arrival.since < arrival.at;
  const device = (type: string): JsonObject => ({ locale, timezone: timeZone, device: { type } });
  const members = earlier && Number.isFinite(customer.loginVisit);
  return {
    seed,
    customer,
    draws,
    answers: createDraws(seed, customer.index, ANSWER_STREAM),
    agenda: createAgenda([]),
    contexts: [device(draws.chance(0.6) ? 'mobile' : 'desktop'), device('tablet')],
    serverContext: { library: { name: 'shop-server', version: '4.2.0' } },
    since: arrival.since,
    tastes: tastesOf(customer),
    cursor: arrival.at - 1,
    sequence: 0,
    visits: earlier ? 3 : 0,
    lastVisit: arrival.at,
    lastDevice: 0,
    lastLookedAt: undefined,
    known: [false, false],
    registered: false,
    emailGiven: false,
    plus: members && draws.chance(0.12),
    consent: customer.consent,
    basket: [],
    basketSince: 0,
    coupon: undefined,
    orders: 0,
    lastOrder: 0,
    lateParcels: 0,
    lateUntil: 0,
    trouble: undefined,
    mood: 0.1,
    tired: 0,
    engagement: 1,
    waits: customer.priceSensitivity > 0.8 ? 0.25 : 0,
    boost: 0,
    boostUntil: 0,
    shown: new Map(),
    accepted: undefined,
    leftAt: undefined,
  };
}
