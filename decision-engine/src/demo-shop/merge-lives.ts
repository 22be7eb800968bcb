import TinyQueue from 'tinyqueue';
import { arrivalOf } from './behaviour/create-life.js';
import type { Choice, LifeItem, Moment, Scene } from './behaviour/life.js';
import { liveLife, type World } from './behaviour/live-life.js';

/** Answers each moment of a world: what to offer, or undefined for nothing. */
export type Chooser = (moment: Moment) => Choice | undefined;

export type CustomerRange = { readonly from: number; readonly to: number };

type Running = { at: number; readonly index: number; scene: Scene | undefined; item: LifeItem | undefined };

/**
 * All lives in one stream in order of time. Someone who hasn't arrived yet costs one small entry, someone whose life
 * is over nothing; the rest hold their state, so memory grows with the number of active customers.
 */
export function* mergeLives(
  world: World,
  customers: CustomerRange,
  choose: Chooser,
): Generator<{ readonly customer: number; readonly item: LifeItem }, void, undefined> {
  const lives: Running[] = [];
  for (let index = customers.from; index < customers.to; index += 1) {
    lives.push({ at: arrivalOf(world, index).at, index, scene: undefined, item: undefined });
  }
  const queue = new TinyQueue(lives, (a, b) => a.at - b.at || a.index - b.index);
  for (let life = queue.pop(); life !== undefined; life = queue.pop()) {
    const next = step(world, life, choose);
    if (life.item !== undefined) yield { customer: life.index, item: life.item };
    if (next === undefined) continue;
    life.item = next;
    life.at = next.at;
    queue.push(life);
  }
}

/** Takes the life's next item. The chooser is asked when the world has come to that moment, not before. */
function step(world: World, life: Running, choose: Chooser): LifeItem | undefined {
  life.scene ??= liveLife(world, life.index, arrivalOf(world, life.index));
  const due = life.item;
  const choice = due?.kind === 'moment' ? choose(due.moment) : undefined;
  const step = life.scene.next(choice);
  return step.done === true ? undefined : step.value;
}
