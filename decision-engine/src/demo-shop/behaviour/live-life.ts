import { createCustomer } from '../customer/create-customer.js';
import { DAY } from '../world/local-time.js';
import { type Arrival, createAgenda, createLife, drawsOfLife } from './create-life.js';
import { passDay, planVisits, startDay } from './day.js';
import { type LastScenes, planLastScene } from './last-scenes.js';
import type { Life, Scene } from './life.js';
import { visit } from './visit.js';

export type World = {
  readonly seed: number;
  /** Epoch milliseconds. Nothing happens from `end` on. */
  readonly start: number;
  readonly end: number;
  /** The moments at which all tastes turn at once. */
  readonly tasteShifts?: readonly number[];
  /** Makes the world interesting at one moment. Absent: as it comes. */
  readonly lastScenes?: LastScenes;
  /** New customers come from `start` until here; `end` where it is absent. */
  readonly arrivalsUntil?: number;
  /** Chance begins anew here, so that a shop taken up twice doesn't live the same days twice. */
  readonly afresh?: Afresh;
};

export type Afresh = {
  readonly at: number;
  /** Customers from this number on are new: one comes every so many milliseconds, starting at `at`. */
  readonly newcomers: { readonly from: number; readonly every: number };
};

/** Plays one customer's life from arrival to the world's end, day by day. Those who left still get their parcels. */
export function* liveLife(world: World, index: number, arrival: Arrival): Scene {
  const life = createLife(world.seed, createCustomer(world.seed, index), arrival);
  if (arrival.since === arrival.at) life.agenda.push({ at: arrival.at, play: 'visit' });
  if (world.lastScenes !== undefined) planLastScene(life, world.lastScenes);
  for (let day = Math.floor(arrival.at / DAY) * DAY; day < world.end; day += DAY) {
    startDay(life, world, day);
    const { afresh } = world;
    if (afresh !== undefined && afresh.at >= day && afresh.at < day + DAY) {
      yield* playUntil(life, afresh.at, world.end);
      beginAfresh(life, afresh.at, day);
    }
    yield* playUntil(life, Math.min(day + DAY, world.end), world.end);
    passDay(life, day + DAY);
  }
}

/** What was under way goes on; what chance had planned for the rest of the day is drawn again. */
function beginAfresh(life: Life, at: number, day: number): void {
  const underWay = life.agenda.data.filter(({ play }) => play !== 'visit');
  life.agenda = createAgenda(underWay);
  life.draws = drawsOfLife(life.seed, life.customer.index, at);
  if (life.leftAt !== undefined) return;
  life.cursor = Math.max(life.cursor, at);
  planVisits(life, day);
}

/** Plays what the agenda holds for the day, oldest first; a scene may put more on it. */
function* playUntil(life: Life, dayEnd: number, end: number): Scene {
  for (let plan = life.agenda.peek(); plan !== undefined && plan.at < dayEnd; plan = life.agenda.peek()) {
    life.agenda.pop();
    // A plan whose hour was missed, because a scene ran over it, comes right after that scene.
    life.cursor = Math.max(life.cursor, plan.at);
    const scene = plan.play === 'visit' ? visit(life, life.cursor) : plan.play();
    yield* within(scene, end);
  }
}

/** The scene as far as it lies before the end: a world may stop in the middle of a visit. */
function* within(scene: Scene, end: number): Scene {
  let step = scene.next();
  while (step.done !== true) {
    if (step.value.at >= end) return;
    const choice = yield step.value;
    step = scene.next(choice);
  }
}
