import { clamp } from '../chance/squash.js';
import { leavingHazard } from '../truth/leaving-hazard.js';
import { outageOn, season } from '../world/calendar.js';
import { CATEGORIES } from '../world/categories.js';
import { DAY, HOUR, zoneOffset } from '../world/local-time.js';
import { track } from './emit.js';
import type { Life, Scene } from './life.js';
import type { World } from './live-life.js';
import { planOutreach } from './outreach.js';
import { storePurchase } from './store-purchase.js';
import { driftTastes, turnTastes } from './tastes.js';

const FADES_IN_A_WEEK = 0.5 ** (1 / 7);
const FADES_IN_FIVE_DAYS = 0.5 ** (1 / 5);

/** What a day brings: the chance of leaving, and, for those who stay, visits, errands and letters. */
export function startDay(life: Life, world: World, day: number): void {
  turnTastesOn(life, world, day);
  if (life.leftAt === undefined && life.draws.chance(leavingHazard(life, day))) {
    life.leftAt = Math.max(day, life.cursor + 1);
  }
  planOutreach(life, localMorning(life, day));
  if (life.leftAt !== undefined) return;
  planVisits(life, day);
  if (life.customer.shopsInStore && life.draws.chance(life.customer.visitsPerDay * 0.2)) {
    const at = localMorning(life, day) + (9 + 9 * life.draws.uniform()) * HOUR;
    life.agenda.push({ at, play: () => storePurchase(life) });
  }
  if (life.registered && life.draws.chance(1 / 500)) {
    life.agenda.push({ at: day + 12 * HOUR, play: () => answerNps(life) });
  }
}

/** Moods, fatigue and habits a day older. */
export function passDay(life: Life, at: number): void {
  const { draws } = life;
  life.tired *= FADES_IN_A_WEEK;
  life.mood *= FADES_IN_FIVE_DAYS;
  life.engagement += 0.02 * (1 - life.engagement);
  life.waits *= 0.996;
  if (Math.floor(at / DAY) % 7 === 0) {
    life.tastes = driftTastes(
      life.tastes,
      life.customer.interests,
      CATEGORIES.map(() => draws.normal()),
    );
  }
}

function turnTastesOn(life: Life, world: World, day: number): void {
  const due = (world.tasteShifts ?? []).filter((at) => at <= day).length;
  while (life.tastes.shifts < due) life.tastes = turnTastes(life.tastes);
}

/** The customer's own midnight that comes first after the UTC midnight `day`. */
function localMorning(life: Life, day: number): number {
  const offset = zoneOffset(life.customer.place.timeZone, day);
  return day - offset + (offset > 0 ? DAY : 0);
}

export function planVisits(life: Life, day: number): void {
  const { customer, draws } = life;
  const eager = 1 + 0.5 * (day < life.boostUntil ? life.boost : 0) + (life.basket.length > 0 ? 0.6 : 0);
  const mean = customer.visitsPerDay * season(day) * life.engagement ** 1.5 * eager;
  const visits = Math.min(draws.count(mean), 4);
  for (let number = 0; number < visits; number += 1) {
    const hour = (customer.hour + 3.2 * draws.normal() + 48) % 24;
    const at = localMorning(life, day) + hour * HOUR;
    if (at > life.cursor) life.agenda.push({ at, play: 'visit' });
  }
  // Word of an outage gets round: those who were about then meet it.
  const outage = outageOn(day);
  if (outage !== undefined && draws.chance(customer.visitsPerDay * 0.8)) {
    life.agenda.push({ at: outage.from + draws.uniform() * (outage.to - outage.from), play: 'visit' });
  }
}

function* answerNps(life: Life): Scene {
  if (life.leftAt !== undefined) return;
  const score = clamp(
    Math.round(7.4 + 2.5 * life.mood + 4 * (life.engagement - 1) + 1.4 * life.draws.normal()),
    0,
    10,
  );
  yield track(life, {
    from: 'server',
    at: life.cursor,
    event: 'Survey Answered',
    properties: { survey: 'nps', score },
  });
}
