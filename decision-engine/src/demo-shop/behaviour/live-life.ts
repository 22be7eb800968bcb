import { createCustomer } from '../customer/create-customer.js';
import { DAY } from '../world/local-time.js';
import { type Arrival, createLife } from './create-life.js';
import { passDay, startDay } from './day.js';
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
};

/** Plays one customer's life from arrival to the world's end, day by day. Those who left still get their parcels. */
export function* liveLife(world: World, index: number, arrival: Arrival): Scene {
  const life = createLife(world.seed, createCustomer(world.seed, index), arrival);
  if (arrival.since === arrival.at) life.agenda.push({ at: arrival.at, play: 'visit' });
  if (world.lastScenes !== undefined) planLastScene(life, world.lastScenes);
  for (let day = Math.floor(arrival.at / DAY) * DAY; day < world.end; day += DAY) {
    startDay(life, world, day);
    yield* playUntil(life, Math.min(day + DAY, world.end), world.end);
    passDay(life, day + DAY);
  }
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
