import { clamp } from '../chance/squash.js';
import type { Answer } from '../truth/answer.js';
import { DAY, HOUR, MINUTE } from '../world/local-time.js';
import { identify, track } from './emit.js';
import type { Life, Offer, Scene } from './life.js';

/** What a yes changes in the customer's life. */
export function* acceptOffer(life: Life, made: Offer, answer: Answer): Scene {
  const { action, channel } = made;
  const at = life.cursor;
  life.accepted = { offer: made, until: at + 7 * DAY, answer };
  if (action.class === 'transactional') {
    soothe(life, action.group === 'trouble');
    return;
  }
  if (action.discount > 0) {
    const code = `${action.id.toUpperCase()}-${life.customer.index.toString(36).toUpperCase()}`;
    life.coupon = { code, share: action.discount, until: at + 14 * DAY };
    life.waits = clamp(life.waits + 0.14, 0, 1);
  }
  if (action.id === 'join-plus') {
    life.plus = true;
    yield identify(life, { from: 'server', at: at + MINUTE, traits: { plan: 'plus' } });
  }
  // Only the persuadable buy more because of it; the sure ones bring the coupon to an order they had made anyway.
  life.boost = 2.2 * Math.max(0, life.customer.receptive) * (action.group === 'guides' ? 0.4 : 1);
  life.boostUntil = at + 8 * DAY;
  life.engagement = clamp(life.engagement + 0.04, 0.2, 1.3);
  if (channel !== 'web' && life.draws.chance(0.25 + 0.5 * Math.max(0, life.customer.receptive))) {
    life.agenda.push({ at: at + life.draws.wait(5 * HOUR), play: 'visit' });
  }
}

/** A no by e-mail or text message is a no to all that follow. */
export function* refuseOffer(life: Life, made: Offer): Scene {
  life.mood = clamp(life.mood - 0.08, -1, 1);
  if (made.channel !== 'email' && made.channel !== 'sms') return;
  const list = made.channel === 'email' ? 'marketing_email' : 'marketing_sms';
  life.consent = { ...life.consent, [made.channel]: false };
  if (made.channel === 'email') {
    yield track(life, {
      from: 'server',
      at: life.cursor + 2000,
      event: 'Unsubscribed',
      properties: { channel: 'email', list_id: list },
    });
  }
  yield identify(life, { from: 'server', at: life.cursor + 100, traits: { [list]: false } });
}

/** Help that came: the mood lifts, and what was wrong is on its way to being right. */
function soothe(life: Life, settles: boolean): void {
  life.mood = clamp(life.mood + 0.6, -1, 1);
  life.engagement = clamp(life.engagement + 0.12, 0.2, 1.3);
  if (settles) life.trouble = undefined;
}
