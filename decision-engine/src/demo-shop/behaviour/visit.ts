import { squash } from '../chance/squash.js';
import { outageOn } from '../world/calendar.js';
import { DAY, HOUR } from '../world/local-time.js';
import { addToBasket, buyingLogit, dropStaleBasket } from './basket.js';
import { checkout } from './checkout.js';
import { converse } from './conversation.js';
import { page } from './emit.js';
import type { Life, Scene } from './life.js';
import { logIn } from './log-in.js';
import { look } from './look.js';
import { offer } from './offer.js';
import { pause } from './pause.js';

/** One session: arrive, perhaps log in, look around, perhaps buy or leave a basket behind. */
export function* visit(life: Life, at: number): Scene {
  if (life.leftAt !== undefined) return;
  const { draws, customer } = life;
  const device = draws.chance(customer.secondDevice) ? 1 : 0;
  life.lastDevice = device;
  life.visits += 1;
  life.lastVisit = at;
  dropStaleBasket(life, at);
  const outage = outageOn(at);
  if (outage !== undefined && at >= outage.from && at < outage.to) {
    yield* standBeforeClosedDoors(life, device, at);
    return;
  }
  yield page(life, { from: device, at, name: 'Home', path: '/' });
  if (!life.known[device] && life.visits >= customer.loginVisit && draws.chance(0.7)) {
    yield* logIn(life, device);
  }
  const early = draws.chance(0.2);
  if (early) yield* offer(life, { channel: 'web', placement: 'home' }, device);
  const seen = yield* look(life, device);
  if (!early && draws.chance(0.75)) yield* offer(life, { channel: 'web', placement: 'product' }, device);
  if (draws.chance(squash(buyingLogit(life, life.cursor)))) {
    yield* addToBasket(life, device, seen.slice(0, 1 + draws.count(0.5)));
    yield* checkout(life, device);
  } else if (draws.chance(0.14)) {
    yield* addToBasket(life, device, seen.slice(0, 1));
    if (draws.chance(0.5)) yield* offer(life, { channel: 'web', placement: 'cart' }, device);
    if (life.boostUntil > life.cursor && draws.chance(0.3)) yield* checkout(life, device);
  } else if (draws.chance(0.025)) {
    const topic =
      seen[0]?.category === 'sport' || seen[0]?.category === 'outdoor' ? 'size_question' : 'product_question';
    yield* converse(life, { topic, at: pause(life) });
  }
}

function* standBeforeClosedDoors(life: Life, device: 0 | 1, at: number): Scene {
  yield page(life, { from: device, at, name: 'Back soon', path: '/back-soon' });
  life.mood = Math.max(-1, life.mood - 0.25);
  if (life.draws.chance(0.2)) {
    yield* converse(life, { topic: 'outage', at: pause(life) });
  } else if (life.draws.chance(0.4)) {
    const later = at + life.draws.wait(0.5 * DAY) + 2 * HOUR;
    life.agenda.push({ at: later, play: 'visit' });
  }
}
