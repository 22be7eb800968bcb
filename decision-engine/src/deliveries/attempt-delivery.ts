import { RetryableSendError, type SendResult } from '@segue/integrations';
import type { EngineChannel } from '../channels/channel-registry.js';
import { findCustomer } from '../customers/find-customer.js';
import type { RecheckResult } from '../decide/recheck.js';
import type { DecisionDocument, StoredDelivery } from '../decisions/decision-document.js';
import type { Engine } from '../engine/engine.js';
import { suppress } from '../engine/set-permissions.js';
import { bucketOf } from '../experiments/assign-experiments.js';
import { checkSending, stoppedText } from './check-sending.js';
import { HELD_AT_MOST_MS, LOOK_AGAIN_MS } from './request-delivery.js';

/** A message that a worker holds. */
export type Taken = { readonly decision: DecisionDocument; readonly delivery: StoredDelivery };

/** What became of a try. */
export type Ending = Pick<StoredDelivery, 'state' | 'detail'> & {
  readonly dueAt?: Date;
  readonly providerMessageId?: string;
};

/** Waits after a passing fault, where the channel has none of its own. */
const BACK_OFF_MS = [5_000, 60_000, 10 * 60_000, 3_600_000];

const skipped = (why: string): Ending => ({ state: 'skipped', detail: `not sent: ${why}` });

function endingOf(result: SendResult): Ending {
  switch (result.status) {
    case 'sent':
      return { state: 'sent', detail: result.note ?? '', providerMessageId: result.providerMessageId };
    case 'not-configured':
      return skipped(result.reason);
    case 'rejected':
      return { state: 'failed', detail: `not sent: ${result.reason}` };
  }
}

/** A message that may not leave now: kept until it may, unless that is too late, or dropped. The record tells which. */
function heldOrDropped(
  engine: Engine,
  delivery: StoredDelivery,
  checked: Exclude<RecheckResult, { readonly verdict: 'send' }>,
): Ending {
  if (checked.verdict === 'gone') return skipped('the catalogue no longer has this message');
  const why = stoppedText(checked.stoppedBy);
  if (checked.verdict === 'drop') return skipped(why);
  const dueAt = checked.until ?? new Date(engine.clock().getTime() + LOOK_AGAIN_MS);
  if (dueAt.getTime() - delivery.createdAt.getTime() > HELD_AT_MOST_MS)
    return { state: 'skipped', detail: `not sent, too late by then: ${why}` };
  return { state: 'held', detail: `held: ${why}`, dueAt };
}

/**
 * What follows a fault: another try, not before the provider wants one, or none. A fault of our own is tried again too:
 * it must not stop the messages behind it, and somebody may mend it.
 */
function tryAgain(engine: Engine, { attempts, deliveryId }: StoredDelivery, fault: Fault): Ending {
  const { channel, error } = fault;
  const wait =
    channel.retries === undefined
      ? BACK_OFF_MS[attempts - 1]
      : channel.retries(attempts, bucketOf(deliveryId, 'retry'));
  const reason = error instanceof Error ? error.message : String(error);
  if (!(error instanceof RetryableSendError)) engine.log.error({ err: error, deliveryId }, 'sending failed');
  if (wait === undefined) return { state: 'failed', detail: `not sent after ${attempts} tries: ${reason}` };
  const asked = error instanceof RetryableSendError ? error.retryAfterMs : 0;
  const dueAt = new Date(engine.clock().getTime() + Math.max(wait, asked));
  return { state: 'pending', detail: `tries again: ${reason}`, dueAt };
}
type Fault = { readonly channel: EngineChannel; readonly error: unknown };

/** What a refusal says beyond this message: nobody is at the address any more, or the customer has had enough. */
async function learnFrom(
  engine: Engine,
  { decision, delivery }: Taken,
  refused: { readonly channel: EngineChannel; readonly address: string; readonly result: SendResult },
): Promise<void> {
  const { channel, address, result } = refused;
  if (result.status !== 'rejected') return;
  const { customerId } = decision;
  const { deliveryId } = delivery;
  if (result.addressGone === true)
    await channel.forget?.(engine, { customerId, deliveryId, address, reason: result.reason });
  if (result.optedOut === true) {
    await suppress(engine, {
      customerId,
      suppressionId: `${delivery.channel}-stop`,
      kind: 'legal',
      channel: delivery.channel,
      reason: result.reason,
      source: channel.channel.definition.name,
      id: `opted-out:${deliveryId}`,
    });
  }
}

/** Tries to send a message: every rule once more, then the channel. Never throws for what a provider does. */
export async function attemptDelivery(engine: Engine, taken: Taken): Promise<Ending> {
  const { decision, delivery } = taken;
  const document = await findCustomer(engine.store, { customerId: decision.customerId });
  if (document === null) return skipped('the customer is gone');
  const checked = await checkSending(engine, { decision, document, message: delivery });
  if (checked.verdict !== 'send') return heldOrDropped(engine, delivery, checked);
  const channel = engine.channels.get(delivery.channel);
  if (channel === null) return skipped(`no channel "${delivery.channel}"`);
  try {
    const message = await channel.compose(delivery, document, { store: engine.store, now: engine.clock() });
    if ('refused' in message) return skipped(message.refused);
    const result = await channel.channel.send(message);
    await learnFrom(engine, taken, { channel, address: message.to, result });
    return endingOf(result);
  } catch (error) {
    return tryAgain(engine, delivery, { channel, error });
  }
}
