import type { Customer } from '../customer/customer.js';
import type { DemoAction } from '../world/actions.js';
import { isSale } from '../world/calendar.js';
import { DAY, HOUR, localHour } from '../world/local-time.js';
import type { Life } from './life.js';
import type { Tastes } from './tastes.js';

/** All that an answer depends on besides the customer, the action and the channel. */
export type Situation = {
  readonly tastes: Tastes;
  readonly localHour: number;
  readonly sale: boolean;
  /** Pounds in the open basket; 0 without one. */
  readonly basketValue: number;
  readonly basketAgeHours: number;
  readonly lateParcel: boolean;
  readonly trouble: boolean;
  readonly mood: number;
  readonly tired: number;
  readonly waits: number;
  readonly engagement: number;
  readonly plus: boolean;
  /** Infinity for one who never ordered. */
  readonly daysSinceOrder: number;
  /** How often this action was shown in the last 30 days. */
  readonly shownBefore: number;
  readonly gone: boolean;
};

export function basketValue(life: Life): number {
  let value = 0;
  for (const { product, quantity } of life.basket) value += product.price * quantity;
  return value;
}

/** The shop forgets a basket after two weeks. */
export function openBasket(life: Life, at: number): boolean {
  return life.basket.length > 0 && at - life.basketSince <= 14 * DAY;
}

export function situationOf(life: Life, action: DemoAction, at: number): Situation {
  const shown = life.shown.get(action.id);
  return {
    tastes: life.tastes,
    localHour: localHour(life.customer.place.timeZone, at),
    sale: isSale(at),
    basketValue: openBasket(life, at) ? basketValue(life) : 0,
    basketAgeHours: openBasket(life, at) ? (at - life.basketSince) / HOUR : 0,
    lateParcel: life.lateParcels > 0,
    trouble: life.trouble !== undefined,
    mood: life.mood,
    tired: life.tired,
    waits: life.waits,
    engagement: life.engagement,
    plus: life.plus,
    daysSinceOrder: life.orders === 0 ? Number.POSITIVE_INFINITY : (at - life.lastOrder) / DAY,
    shownBefore: shown !== undefined && at - shown.last < 30 * DAY ? shown.times : 0,
    gone: life.leftAt !== undefined,
  };
}

export type ResponseCase = {
  readonly customer: Customer;
  readonly action: DemoAction;
  readonly channel: DemoAction['channels'][number];
  readonly situation: Situation;
};
