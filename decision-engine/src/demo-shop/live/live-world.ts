import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Choice } from '../behaviour/life.js';
import { lastScenesFor } from '../generate-demo-events.js';
import { type LivesItem, mergeRanges } from '../merge-lives.js';
import { offerAtRandom } from '../random-offers.js';
import { DAY, HOUR, MINUTE } from '../world/local-time.js';

export type LivesGenerator = Generator<LivesItem, void, Choice | undefined>;

export type LiveWorldOptions = {
  readonly seed: number;
  readonly customers: number;
  /** The time that was played into the database, if one was: the live shop goes on from it. */
  readonly played: { readonly start: Date; readonly end: Date };
  readonly now: Date;
  readonly signal: AbortSignal;
};

const YEARS_AHEAD = 20 * 365 * DAY;
const ITEMS_A_TURN = 500;
const MOST_NEWCOMERS = 1000;

/**
 * The shop that `generateDemoEvents` made with `liveEnding`, taken on from where it stopped or, where that is more than
 * an hour ago, from now. The past is played again in silence, a little at a time, so that whatever else the process
 * does isn't held up; from then on chance begins anew and new customers come at the rate they came before.
 * @returns the first thing that happens then, and the lives behind it; undefined when stopped
 */
export async function continueWorld(
  options: LiveWorldOptions,
): Promise<{ readonly first: LivesItem; readonly lives: LivesGenerator } | undefined> {
  const { seed, customers, signal } = options;
  const start = options.played.start.getTime();
  const end = options.played.end.getTime();
  const late = options.now.getTime() - end > HOUR;
  const at = late ? options.now.getTime() : end;
  // Another time's newcomers are other people.
  const from = customers + (Math.floor(at / (10 * MINUTE)) % 1_000_000) * MOST_NEWCOMERS;
  const world = {
    seed,
    start,
    end: at + YEARS_AHEAD,
    arrivalsUntil: end,
    lastScenes: lastScenesFor(customers, end),
    afresh: { at, newcomers: { from, every: (end - start) / (0.45 * customers) } },
  };
  const lives = mergeRanges(world, [
    { from: 0, to: customers },
    { from, to: from + MOST_NEWCOMERS },
  ]);
  let step = lives.next();
  for (let count = 1; step.done !== true && step.value.item.at < at; count += 1) {
    if (count % ITEMS_A_TURN === 0) await nextTurn();
    if (signal.aborted) return undefined;
    const { item } = step.value;
    step = lives.next(item.kind === 'moment' ? offerAtRandom(item.moment) : undefined);
  }
  return step.done === true ? undefined : { first: step.value, lives };
}
