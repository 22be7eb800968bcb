import TinyQueue from 'tinyqueue';
import { arrivalOf } from './behaviour/create-life.js';
import type { Choice, LifeItem, Moment, Scene } from './behaviour/life.js';
import { liveLife, type World } from './behaviour/live-life.js';

/** Answers each moment of a world: what to offer, or undefined for nothing. */
export type Chooser = (moment: Moment) => Choice | undefined;

/** Customers by number, `to` not included. */
export type CustomerRange = { readonly from: number; readonly to: number };

export type LivesItem = { readonly customer: number; readonly item: LifeItem };

type Running = { at: number; readonly index: number; scene: Scene | undefined; item: LifeItem | undefined };

/**
 * All lives in one stream in order of time; after each moment it takes the choice. Someone who hasn't arrived yet
 * costs one small entry, someone whose life is over nothing; the rest hold their state, so memory grows with the
 * number of customers who are there.
 */
export function mergeLives(
  world: World,
  customers: CustomerRange,
): Generator<LivesItem, void, Choice | undefined> {
  return mergeRanges(world, [customers]);
}

/** The same for several ranges of customers together. */
export function* mergeRanges(
  world: World,
  ranges: readonly CustomerRange[],
): Generator<LivesItem, void, Choice | undefined> {
  const lives: Running[] = [];
  for (const { from, to } of ranges) {
    for (let index = from; index < to; index += 1) {
      lives.push({ at: arrivalOf(world, index).at, index, scene: undefined, item: undefined });
    }
  }
  const queue = new TinyQueue(lives, (a, b) => a.at - b.at || a.index - b.index);
  for (let life = queue.pop(); life !== undefined; life = queue.pop()) {
    const choice = life.item === undefined ? undefined : yield { customer: life.index, item: life.item };
    life.scene ??= liveLife(world, life.index, arrivalOf(world, life.index));
    const step = life.scene.next(choice);
    if (step.done === true) continue;
    life.item = step.value;
    life.at = step.value.at;
    queue.push(life);
  }
}

/** Plays the lives with a chooser that answers at once. */
export function* playLives(
  world: World,
  customers: CustomerRange,
  choose: Chooser,
): Generator<LivesItem, void, undefined> {
  const lives = mergeLives(world, customers);
  let step = lives.next();
  while (step.done !== true) {
    yield step.value;
    const { item } = step.value;
    step = lives.next(item.kind === 'moment' ? choose(item.moment) : undefined);
  }
}
