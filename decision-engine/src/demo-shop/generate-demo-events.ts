import type { LastScenes } from './behaviour/last-scenes.js';
import type { World } from './behaviour/live-life.js';
import type { DemoEvent } from './demo-event.js';
import { playLives } from './merge-lives.js';
import { offerAtRandom } from './random-offers.js';

export type DemoShopOptions = {
  /** A whole number; the same seed and options give the same events, to the byte. */
  readonly seed: number;
  readonly customers: number;
  readonly start: Date;
  /** Nothing happens at or after this moment. */
  readonly end: Date;
  /**
   * `time` (default): all customers in one stream, oldest first; memory grows with the customers who are active.
   * `customer`: one customer after the other, each oldest first; memory stays the same for any number.
   */
  readonly order?: 'time' | 'customer';
  /**
   * Lets the shop stop in the middle of things: open baskets, late parcels, unhappy chats, people looking around. For
   * showing the product; it bends the last week, so evaluations leave it out.
   */
  readonly liveEnding?: boolean;
};

/**
 * What the demo shop's website, app, till and help desk would have sent between start and end, as Segment messages.
 * Throws a RangeError on options that make no world.
 */
export function* generateDemoEvents(options: DemoShopOptions): Generator<DemoEvent, void, undefined> {
  const world = worldOf(options);
  const ranges =
    options.order === 'customer'
      ? Array.from({ length: options.customers }, (_, index) => ({ from: index, to: index + 1 }))
      : [{ from: 0, to: options.customers }];
  for (const range of ranges) {
    for (const { item } of playLives(world, range, offerAtRandom)) {
      if (item.kind === 'event') yield item.event;
    }
  }
}

function worldOf({ seed, customers, start, end, liveEnding }: DemoShopOptions): World {
  if (!Number.isSafeInteger(seed) || seed < 0)
    throw new RangeError(`Expected "seed" to be a whole number >= 0, got ${seed}`);
  if (!Number.isSafeInteger(customers) || customers < 0) {
    throw new RangeError(`Expected "customers" to be a whole number >= 0, got ${customers}`);
  }
  if (!(start < end)) {
    throw new RangeError(
      `Expected "start" to be before "end", got ${start.toISOString()} and ${end.toISOString()}`,
    );
  }
  const plain = { seed, start: start.getTime(), end: end.getTime() };
  return liveEnding === true ? { ...plain, lastScenes: lastScenesFor(customers, plain.end) } : plain;
}

/** Below 600 customers the shares are raised, so that each kind of scene still has two or three. */
export function lastScenesFor(customers: number, at: number): LastScenes {
  return { at, more: Math.max(1, 600 / Math.max(customers, 60)) };
}
