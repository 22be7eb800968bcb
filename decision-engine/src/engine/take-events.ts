import type { InboundEvent } from '@segue/integrations';
import type { Applied } from '../customers/apply-pending.js';
import { isOnTimeline, timelineItemOf } from '../customers/timeline.js';
import { takeMailEvents } from '../emails/take-mail-receipts.js';
import { ingestEvents } from '../events/ingest-events.js';
import { actionNameIn, type Engine } from './engine.js';
import { followUpOutcomes, tellsOutcomes } from './follow-up-outcomes.js';

/** Shows the consoles what entered which profile, newest first. Decisions read those profiles anew. */
export function announceApplied(engine: Engine, applied: ReadonlyMap<string, Applied>): void {
  engine.customers.forget(applied.keys());
  const actionName = actionNameIn(engine);
  const events = [...applied.values()].flatMap((each) => each.events);
  // Nobody waits for it: what it can't take in now is caught up with when the offer settles.
  void engine.learner?.note(events);
  for (const [customerId, { events }] of applied) {
    engine.live.customerChanged(
      customerId,
      events
        .filter(isOnTimeline)
        .map((event) => timelineItemOf(event, actionName))
        .reverse(),
    );
  }
}

/**
 * Takes events in and tells the consoles. When it returns, the events are stored and part of the profiles.
 * @returns the customers whose profiles changed
 */
export async function takeEvents(
  engine: Engine,
  events: readonly InboundEvent[],
): Promise<{ accepted: number; duplicates: number; customerIds: string[] }> {
  const { accepted, duplicates, applied } = await ingestEvents(engine.store, events, {
    wanted: engine.journeys.wants,
    tellsOutcomes: tellsOutcomes(engine),
  });
  announceApplied(engine, applied);
  for (const [customerId, { events: entered }] of applied)
    await followUpOutcomes(engine, customerId, entered);
  const mailed = await takeMailEvents(engine, events);
  return { accepted, duplicates, customerIds: [...new Set([...applied.keys(), ...mailed])] };
}
