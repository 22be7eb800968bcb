import type { Channel } from '@segue/integrations';
import type { StoredDelivery } from '../decisions/decision-document.js';
import type { Engine } from '../engine/engine.js';
import type { Taken } from './attempt-delivery.js';
import { LEASE_MS } from './lease-due.js';

/** A message of which no answer is known is tried once more, and then by hand only. */
export const MOST_UNANSWERED = 2;

export const MAY_HAVE_COME_TWICE = 'may have arrived twice: an earlier try was left without an answer';
export const MAY_HAVE_GONE =
  'may have arrived: it was handed over twice and no answer is known, so it is not tried again by itself';

/** Whether a repeat on this channel could reach somebody twice: its receiver knows no repeats. */
export function needsNote({ definition }: Channel): boolean {
  return definition.replayable !== true;
}

export function unansweredOf({ unanswered = 0 }: Pick<StoredDelivery, 'unanswered'>): number {
  return unanswered;
}

/**
 * Writes down that a message is about to be handed over, before it is. Whoever finds it after a crash then knows: without
 * the note it has not gone, with it it may have. The lease begins anew, and one that was lost meanwhile is found out.
 * @returns false where another worker has the message by now
 */
export async function noteHandOver(engine: Engine, { decision, delivery }: Taken): Promise<boolean> {
  const { deliveryId, attempts, dueAt } = delivery;
  const ours = { deliveryId, attempts, dueAt, state: 'sending' as const };
  const noted = await engine.store.decisions.updateOne(
    { _id: decision._id, deliveries: { $elemMatch: ours } },
    {
      $inc: { 'deliveries.$[one].unanswered': 1 },
      $set: { 'deliveries.$[one].dueAt': new Date(engine.clock().getTime() + LEASE_MS) },
    },
    { arrayFilters: [{ 'one.deliveryId': deliveryId }] },
  );
  return noted.modifiedCount === 1;
}

/** Takes the note back once the answer is known, whatever else has become of the message meanwhile. */
export function answered(unanswered: number): {
  readonly $set?: Record<string, number>;
  readonly $unset?: Record<string, ''>;
} {
  const field = 'deliveries.$[handed].unanswered';
  return unanswered === 0 ? { $unset: { [field]: '' } } : { $set: { [field]: unanswered } };
}
