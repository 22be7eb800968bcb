import { buyingLogitWith, discountToday } from '../behaviour/basket.js';
import type { Life } from '../behaviour/life.js';
import { situationOf } from '../behaviour/situation.js';
import { clamp, squash } from '../chance/squash.js';
import type { DemoAction, DemoChannel } from '../world/actions.js';
import { MARGIN } from '../world/products.js';
import { leavingHazard } from './leaving-hazard.js';
import { trueResponseProbability } from './response-probability.js';

export type Candidate = { readonly action: DemoAction; readonly channel: DemoChannel };

/** True probability of a yes from this customer as they are now. */
function responseNow(life: Life, { action, channel }: Candidate, at: number): number {
  return trueResponseProbability({
    customer: life.customer,
    action,
    channel,
    situation: situationOf(life, action, at),
  });
}

/**
 * What showing the action is worth by answers alone: P(yes) x (value - cost), in pounds. It is what priority
 * P x C x V x L aims at with neutral context and levers, so a policy can be held against it exactly.
 */
export function answerWorth(life: Life, candidate: Candidate, at: number): number {
  const { value, cost } = candidate.action;
  return responseNow(life, candidate, at) * Math.max(0, value - cost);
}

/** Pounds of margin a customer brings in a year, for weighing what it costs to lose one. */
const YEARLY_ORDERS = 2.2;
const AVERAGE_ORDER = 95;
const GOES_THROUGH = 0.73;
const DAYS = 8;

/**
 * What showing the action is worth compared with showing nothing, in pounds: orders that would not have been, less
 * the discount given to those who would have bought anyway, less the cost, plus or minus what it changes in the
 * chance of leaving. An approximation: it looks eight days ahead with the state as it is now, and takes the loss of
 * a customer at a year's margin.
 */
export function incrementalWorth(life: Life, candidate: Candidate, at: number): number {
  if (life.leftAt !== undefined) return 0;
  const { action } = candidate;
  const yes = responseNow(life, candidate, at);
  const order = AVERAGE_ORDER * Math.exp(life.customer.spending);
  const year = YEARLY_ORDERS * order * MARGIN;
  if (action.class === 'transactional') return yes * (relief(life, at) * year - action.cost);
  const without = ordersSoon(life, { discount: discountToday(life, at), boost: 0 });
  const boost = 2.2 * Math.max(0, life.customer.receptive) * (action.group === 'guides' ? 0.4 : 1);
  const discount = Math.max(discountToday(life, at), action.discount);
  const withIt = ordersSoon(life, { discount, boost });
  const today = discountToday(life, at);
  const gain = withIt * order * (MARGIN - discount) - without * order * (MARGIN - today);
  return yes * (gain - action.cost) - contactHarm(life, at) * year;
}

function ordersSoon(life: Life, offer: { readonly discount: number; readonly boost: number }): number {
  const visits = DAYS * life.customer.visitsPerDay * life.engagement ** 1.5 * (1 + 0.5 * offer.boost);
  return visits * squash(buyingLogitWith(life, offer)) * GOES_THROUGH;
}

/** How much less likely they leave within a week once the trouble is dealt with. */
function relief(life: Life, at: number): number {
  const now = leavingHazard(life, at);
  const soothed = {
    ...life,
    trouble: undefined,
    mood: clamp(life.mood + 0.6, -1, 1),
    engagement: clamp(life.engagement + 0.12, 0.2, 1.3),
  };
  return 7 * (now - leavingHazard(soothed, at));
}

/** How much more likely they leave within two weeks for having been spoken to once more. */
function contactHarm(life: Life, at: number): number {
  const loss = Math.min(0, 0.07 * life.customer.receptive);
  const pestered = { ...life, tired: life.tired + 1, engagement: Math.max(0.2, life.engagement + loss) };
  return 14 * (leavingHazard(pestered, at) - leavingHazard(life, at));
}
