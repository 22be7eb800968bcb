import type { JsonObject } from '@segue/models';
import type { CustomerId } from '../customers/profile.js';
import { ingestKnown } from '../events/ingest-events.js';
import type { Engine } from './engine.js';
import { followUpOutcomes, tellsOutcomes } from './follow-up-outcomes.js';
import { announceApplied } from './take-events.js';

export type OwnEvent = {
  /** Names it: taken twice it counts once. */
  readonly messageId: string;
  readonly name: string;
  readonly properties: JsonObject;
  /** When it happened, where that isn't now. */
  readonly at?: Date | undefined;
};

/**
 * Takes in what a customer, whom we know, did with something of ours: a message, a survey, an offer. As with events from outside,
 * journeys and outcomes see it. @returns how many were new
 */
export async function takeOwnEvents(
  engine: Engine,
  customerId: CustomerId,
  events: readonly OwnEvent[],
): Promise<number> {
  const now = engine.clock();
  const taken = events.map(({ at, ...event }) => ({
    ...event,
    type: 'track' as const,
    timestamp: at ?? now,
    receivedAt: now,
    context: {},
  }));
  const { accepted, applied } = await ingestKnown(
    engine.store,
    { customerId, events: taken },
    { wanted: engine.journeys.wants, tellsOutcomes: tellsOutcomes(engine) },
  );
  announceApplied(engine, applied);
  for (const [id, { events: entered }] of applied) await followUpOutcomes(engine, id, entered);
  return accepted;
}
