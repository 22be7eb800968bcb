import type { ResponseCase, Situation } from '../behaviour/situation.js';
import { squash } from '../chance/squash.js';
import type { DemoAction, DemoChannel } from '../world/actions.js';
import { CATEGORIES } from '../world/categories.js';
import { actionEffect } from './action-effects.js';

const CHANNEL_BASE: Record<DemoChannel, number> = { agent: 0.9, email: -1, web: 0, sms: -0.7 };

/**
 * Probability that the customer says yes to this action, shown now on this channel: exactly what outcomes are drawn
 * from. 0 for those who have left, and for those in whom nothing is open to answer.
 */
export function trueResponseProbability(question: ResponseCase): number {
  return question.situation.gone ? 0 : squash(responseLogit(question));
}

function responseLogit({ customer, action, channel, situation }: ResponseCase): number {
  const effect = actionEffect(action.id);
  const { tastes } = situation;
  const price = tastes.priceSensitivity - 0.5;
  const lapse = Math.min(situation.daysSinceOrder, 180) / 180;
  return (
    effect.base +
    CHANNEL_BASE[channel] +
    0.5 * tastes.channels[channel] +
    effect.interest * interestMatch(situation, action) +
    effect.price * price +
    effect.mood * situation.mood +
    effect.lapse * lapse +
    effect.basket * Math.tanh((situation.basketValue - 60) / 60) +
    discountPull(action, situation) +
    hourFit(customer.hour, situation.localHour, channel) +
    irritation(action, situation) -
    customer.fatigue * situation.tired -
    0.35 * Math.log2(1 + situation.shownBefore) +
    0.25 * customer.receptive +
    0.3 * (customer.selfDrive - 0.5) +
    0.4 * (situation.engagement - 1)
  );
}

/** -1 where none of the action's categories interests them … 1 where they are all that does; 0 without categories. */
function interestMatch(situation: Situation, action: DemoAction): number {
  if (action.tags.length === 0) return 0;
  let share = 0;
  for (const tag of action.tags) share += situation.tastes.shares[CATEGORIES.indexOf(tag)] ?? 0;
  return Math.tanh(1.1 * Math.log((share * CATEGORIES.length) / action.tags.length));
}

/** Discounts pull those who watch the price, more with a full basket, less in a sale; habit makes them a condition. */
function discountPull(action: DemoAction, situation: Situation): number {
  if (action.class !== 'promotional') return 0;
  if (action.discount === 0) return -0.8 * situation.waits;
  const watched = situation.tastes.priceSensitivity - 0.4;
  const full = situation.basketValue > 0 ? 1.6 : 1;
  return 6 * action.discount * watched * full + situation.waits - (situation.sale ? 0.5 : 0);
}

function hourFit(ownHour: number, hour: number, channel: DemoChannel): number {
  const fit = 0.3 * Math.cos((2 * Math.PI * (hour - ownHour)) / 24);
  const night = hour < 8 || hour >= 21;
  return channel === 'sms' && night ? fit - 0.9 : channel === 'agent' ? 0 : fit;
}

/** Offers of sale to the angry fall flat; help doesn't. */
function irritation(action: DemoAction, situation: Situation): number {
  if (action.class !== 'promotional') return 0;
  const anger = Math.min(0, situation.mood);
  return 1.3 * anger - (situation.trouble ? 0.7 : 0) - (situation.lateParcel ? 0.4 : 0);
}
