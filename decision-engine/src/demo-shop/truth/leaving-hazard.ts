import type { Life } from '../behaviour/life.js';
import { DAY } from '../world/local-time.js';

/** Hazard a day of an average customer with whom all is well; about 16 % a year. */
const BASE = 0.00048;

/**
 * Probability that the customer leaves for good on the day of `at`. It rises with unanswered trouble, late parcels,
 * messages beyond what they stand and falling interest, and falls with good mood; patience dampens the first two.
 */
export function leavingHazard(life: Life, at: number): number {
  if (life.leftAt !== undefined) return 0;
  const { customer } = life;
  const short = 1.4 - customer.patience;
  const waiting = life.trouble === undefined ? 0 : Math.min((at - life.trouble.since) / DAY, 7) / 7;
  const late = life.lateParcels > 0 || at < life.lateUntil ? 1 : 0;
  const pestered = Math.max(0, life.tired - 2.5) * (1 - customer.receptive);
  const log =
    customer.restlessness +
    3.2 * short * waiting +
    1.1 * short * late +
    0.35 * pestered +
    2.2 * Math.max(0, 1 - life.engagement) -
    0.8 * life.mood;
  return Math.min(BASE * Math.exp(log), 0.3);
}
