import { clamp } from '../chance/squash.js';
import type { Customer } from '../customer/customer.js';
import type { DemoChannel } from '../world/actions.js';

/** What a customer likes now: their traits after drift and after a sudden shift. */
export type Tastes = {
  /** Log weight by category. */
  readonly interests: number[];
  /** Share of interest by category, summing to 1. */
  readonly shares: readonly number[];
  readonly channels: Readonly<Record<DemoChannel, number>>;
  readonly priceSensitivity: number;
  /** How many times tastes have shifted at once. */
  readonly shifts: number;
};

export function tastesOf(customer: Customer): Tastes {
  const interests = [...customer.interests];
  return {
    interests,
    shares: softmax(interests),
    channels: customer.channels,
    priceSensitivity: customer.priceSensitivity,
    shifts: 0,
  };
}

/** A slow random walk that is pulled back to the customer's own tastes. `noise` holds one standard normal per category. */
export function driftTastes(tastes: Tastes, own: readonly number[], noise: readonly number[]): Tastes {
  const interests = tastes.interests.map((now, index) => {
    const home = own[(index + 3 * tastes.shifts) % own.length] ?? 0;
    return now + 0.02 * (home - now) + 0.03 * (noise[index] ?? 0);
  });
  return { ...tastes, interests, shares: softmax(interests) };
}

/**
 * The whole shop's tastes turn at once: each liking moves to another category, web and e-mail swap, and those who
 * watched the price no longer do. For tests of recovery.
 */
export function turnTastes(tastes: Tastes): Tastes {
  const { interests, channels } = tastes;
  const turned = interests.map((_, index) => interests[(index + 3) % interests.length] ?? 0);
  return {
    interests: turned,
    shares: softmax(turned),
    channels: { ...channels, web: channels.email - 0.4, email: channels.web + 0.8, agent: -channels.agent },
    priceSensitivity: clamp(1 - tastes.priceSensitivity, 0, 1),
    shifts: tastes.shifts + 1,
  };
}

function softmax(logits: readonly number[]): number[] {
  const weights = logits.map((logit) => Math.exp(logit));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}
