import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Choice } from '../behaviour/life.js';
import { lastScenesFor } from '../generate-demo-events.js';
import { type LivesItem, mergeLives } from '../merge-lives.js';
import { offerAtRandom } from '../random-offers.js';
import { DAY } from '../world/local-time.js';

export type LivesGenerator = Generator<LivesItem, void, Choice | undefined>;

export type LiveWorldOptions = {
  readonly seed: number;
  readonly customers: number;
  /** The year that was played into the database, if one was: the live shop goes on from it. */
  readonly played: { readonly start: Date; readonly end: Date };
  readonly signal: AbortSignal;
};

const YEARS_AHEAD = 20 * 365 * DAY;
const ITEMS_A_TURN = 500;

/**
 * The same shop as `generateDemoEvents` with `liveEnding` made, taken on from where it stopped. The past is played
 * again in silence, a little at a time, so that whatever else the process does isn't held up.
 * @returns the first thing that happens after the end, and the lives behind it; undefined when stopped
 */
export async function continueWorld({
  seed,
  customers,
  played,
  signal,
}: LiveWorldOptions): Promise<{ readonly first: LivesItem; readonly lives: LivesGenerator } | undefined> {
  const start = played.start.getTime();
  const end = played.end.getTime();
  const world = {
    seed,
    start,
    end: end + YEARS_AHEAD,
    arrivalsUntil: end,
    lastScenes: lastScenesFor(customers, end),
  };
  const lives = mergeLives(world, { from: 0, to: customers });
  let step = lives.next();
  for (let count = 1; step.done !== true && step.value.item.at < end; count += 1) {
    if (count % ITEMS_A_TURN === 0) await nextTurn();
    if (signal.aborted) return undefined;
    const { item } = step.value;
    step = lives.next(item.kind === 'moment' ? offerAtRandom(item.moment) : undefined);
  }
  return step.done === true ? undefined : { first: step.value, lives };
}
