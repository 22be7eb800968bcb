import { createDraws } from '../chance/draws.js';
import { pickIndex } from '../chance/pick.js';
import { DAY, HOUR, MINUTE } from '../world/local-time.js';
import { addToBasket } from './basket.js';
import { checkout } from './checkout.js';
import { converse } from './conversation.js';
import { page } from './emit.js';
import type { Life, Plan, Scene } from './life.js';
import { logIn } from './log-in.js';
import { look } from './look.js';

const LAST_SCENE_STREAM = 6;

/** `more` raises the shares, so that a small world has something to show too. */
export type LastScenes = { readonly at: number; readonly more: number };

/** Shares of customers caught in the middle of something when the world stops. */
const SHARES = { basket: 0.014, parcel: 0.012, chat: 0.008, visit: 0.006 };

/**
 * Makes the world stop at an interesting moment, whatever the hour: some customers are left with a full basket, some
 * wait for a late parcel, some are in an unhappy chat, some are in the shop. Only for showing the product: it bends
 * the last week, so evaluations leave it out.
 */
export function planLastScene(life: Life, { at: end, more }: LastScenes): void {
  const draws = createDraws(life.seed, life.customer.index, LAST_SCENE_STREAM);
  const shares = [SHARES.basket * more, SHARES.parcel * more, SHARES.chat * more, SHARES.visit * more];
  const none = Math.max(0, 1 - shares.reduce((sum, share) => sum + share, 0));
  const plan = lastScene(life, pickIndex(draws, [...shares, none]), { end, luck: draws.uniform() });
  if (plan !== undefined && plan.at > life.cursor) life.agenda.push(plan);
}

type Closing = { readonly end: number; readonly luck: number };

function lastScene(life: Life, which: number, { end, luck }: Closing): Plan | undefined {
  switch (which) {
    case 0:
      return { at: end - 8 * MINUTE - luck * 20 * HOUR, play: () => leaveBasket(life) };
    case 1:
      return { at: end - (3.2 + 2 * luck) * DAY, play: () => orderThatComesLate(life) };
    case 2:
      return { at: end - (0.7 + 3 * luck) * MINUTE, play: () => unhappyChat(life, luck) };
    case 3:
      return { at: end - (0.3 + 2 * luck) * MINUTE, play: 'visit' };
    default:
      return undefined;
  }
}

/** Comes in as a known customer, so that the agent sees a name. Nobody comes who has left. */
function* comeIn(life: Life): Scene {
  yield page(life, { from: 0, at: life.cursor, name: 'Home', path: '/' });
  if (!life.known[0]) yield* logIn(life, 0);
}

function* leaveBasket(life: Life): Scene {
  if (life.leftAt !== undefined) return;
  yield* comeIn(life);
  const seen = yield* look(life, 0);
  yield* addToBasket(life, 0, seen);
}

function* orderThatComesLate(life: Life): Scene {
  if (life.leftAt !== undefined) return;
  yield* comeIn(life);
  const seen = yield* look(life, 0);
  yield* addToBasket(life, 0, seen.slice(0, 2));
  yield* checkout(life, 0, { arrives: 'late' });
}

function* unhappyChat(life: Life, luck: number): Scene {
  if (life.leftAt !== undefined || !life.registered) return;
  life.mood = -0.35;
  const topic = life.lateParcels > 0 ? 'late_parcel' : luck < 0.5 ? 'broken_item' : 'refund';
  yield* converse(life, { topic, at: life.cursor });
}
