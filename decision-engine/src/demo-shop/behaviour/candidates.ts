import { type DemoAction, type DemoChannel, type Occasion, SHOP_ACTIONS } from '../world/actions.js';
import { DAY } from '../world/local-time.js';
import type { Life, Moment } from './life.js';
import { openBasket } from './situation.js';

/** What the shop may offer a customer here and now. The same rules stand as conditions in the demo catalogue. */
function candidatesFor(life: Life, channel: DemoChannel, at: number): DemoAction[] {
  return SHOP_ACTIONS.filter(
    (action) =>
      action.channels.includes(channel) &&
      action.class !== 'mandatory' &&
      mayReceive(life, action, channel) &&
      fits(life, action.occasion, at),
  );
}

function mayReceive(life: Life, action: DemoAction, channel: DemoChannel): boolean {
  if (action.class !== 'promotional') return true;
  if (channel === 'email') return life.consent.email;
  return channel === 'sms' ? life.consent.sms : true;
}

function fits(life: Life, occasion: Occasion, at: number): boolean {
  switch (occasion) {
    case 'any':
      return true;
    case 'open-basket':
      return openBasket(life, at);
    case 'late-parcel':
      return life.lateParcels > 0;
    case 'trouble':
      return life.trouble !== undefined;
    case 'lapsed':
      return life.orders > 0 && at - life.lastOrder > 60 * DAY;
    case 'after-order':
      return life.orders > 0 && at - life.lastOrder < 30 * DAY;
    case 'not-plus':
      return life.registered && !life.plus;
  }
}

export function momentOf(life: Life, place: Pick<Moment, 'channel' | 'placement'>, at: number): Moment {
  return { life, ...place, at, candidates: candidatesFor(life, place.channel, at) };
}
