import type { Moment, OutcomeNote } from '../behaviour/life.js';
import type { DemoEvent } from '../demo-event.js';
import { playLives } from '../merge-lives.js';
import { offerAtRandom } from '../random-offers.js';
import { type LabelledWorld, plainWorld, withActionsOf } from './offered-world.js';
import { type UpliftKind, upliftKind } from './uplift-kind.js';

/** An event as the shop sends it, and beside an outcome's event what the world knows of it. */
export type LabelledEvent = {
  /** Number of the customer, whatever identity the event carries. */
  readonly customer: number;
  readonly event: DemoEvent;
  readonly truth?: OutcomeNote & { readonly kind: UpliftKind };
};

/**
 * The demo shop's events in order of time with the truth beside them: the probability each answer was drawn from, and
 * which of the four kinds the customer is. With the same options the events are those of `generateDemoEvents`.
 */
export function* labelledEvents(world: LabelledWorld): Generator<LabelledEvent, void, undefined> {
  const offer = (moment: Moment) => offerAtRandom(withActionsOf(world, moment));
  const lives = playLives(plainWorld(world), { from: 0, to: world.customers }, offer);
  for (const { customer, item } of lives) {
    if (item.kind !== 'event') continue;
    const { event, outcome } = item;
    if (outcome === undefined) yield { customer, event };
    else yield { customer, event, truth: { ...outcome, kind: upliftKind(outcome.customer) } };
  }
}
