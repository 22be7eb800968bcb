import { DAY } from '../world/local-time.js';
import type { Life, Moment, Scene } from './life.js';
import { offer } from './offer.js';

/** Chance a day that the shop thinks of writing to a customer. */
const EMAIL_A_DAY = 1 / 18;
const SMS_A_DAY = 1 / 60;
/** One who hasn't been seen for this long is not written to. */
const FORGOTTEN = 60 * DAY;

/** Plans the day's e-mail and text message, if there are any; the shop doesn't know who has left. */
export function planOutreach(life: Life, morning: number): void {
  const { draws, customer } = life;
  const email = draws.chance(EMAIL_A_DAY);
  const sms = draws.chance(SMS_A_DAY);
  const at = morning + (8 + 12 * draws.uniform()) * 60 * 60_000;
  if (at - life.lastVisit > FORGOTTEN) return;
  if (email && life.emailGiven) life.agenda.push({ at, play: () => write(life, 'email') });
  if (sms && life.registered && customer.identity.phone !== undefined) {
    life.agenda.push({ at, play: () => write(life, 'sms') });
  }
}

function* write(life: Life, channel: Moment['channel']): Scene {
  yield* offer(life, { channel, placement: 'outreach' }, 'server');
}
