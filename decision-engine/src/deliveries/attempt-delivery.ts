import { RetryableSendError, type SendResult } from '@segue/integrations';
import type { EngineChannel } from '../channels/channel-registry.js';
import { findCustomer } from '../customers/find-customer.js';
import type { RecheckResult } from '../decide/recheck.js';
import type { DecisionDocument, StoredDelivery } from '../decisions/decision-document.js';
import type { Engine } from '../engine/engine.js';
import { suppress } from '../engine/set-permissions.js';
import { bucketOf } from '../experiments/assign-experiments.js';
import { checkSending, stoppedText } from './check-sending.js';
import {
  MAY_HAVE_COME_TWICE,
  MAY_HAVE_GONE,
  MOST_UNANSWERED,
  needsNote,
  noteHandOver,
  unansweredOf,
} from './hand-over.js';
import { HELD_AT_MOST_MS, LOOK_AGAIN_MS } from './request-delivery.js';

/** A message that a worker holds. */
export type Taken = { readonly decision: DecisionDocument; readonly delivery: StoredDelivery };

/** What became of a try. */
export type Ending = Pick<StoredDelivery, 'state' | 'detail'> & {
  /** Hand-overs without a known answer from here on; absent where it was not handed over. */
  readonly unanswered?: number;
  readonly dueAt?: Date;
  readonly providerMessageId?: string;
};

const DOUBT = '; it may have arrived';

/** Waits after a passing fault, where the channel has none of its own. */
const BACK_OFF_MS = [5_000, 60_000, 10 * 60_000, 3_600_000];

const skipped = (why: string): Ending => ({ state: 'skipped', detail: `not sent: ${why}` });

function endingOf(result: SendResult, unanswered: number): Ending {
  switch (result.status) {
    case 'sent': {
      const { note, providerMessageId } = result;
      const said = [note, unanswered === 0 ? undefined : MAY_HAVE_COME_TWICE];
      const detail = said.filter((each) => each !== undefined).join('; ');
      return { state: 'sent', detail, providerMessageId, unanswered };
    }
    case 'not-configured':
      return { ...skipped(result.reason), unanswered };
    case 'rejected':
      return { state: 'failed', detail: `not sent: ${result.reason}`, unanswered };
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

/** What an earlier try that nobody answered leaves open, said beside what became of this one. */
function doubted(ending: Ending, unanswered: number): Ending {
  return unanswered === 0 ? ending : { ...ending, detail: `${ending.detail}${DOUBT}` };
}

/**
 * What follows a fault: another try, not before the provider wants one, or none. A fault of our own is tried again too:
 * it must not stop the messages behind it, and somebody may mend it.
 */
function tryAgain(engine: Engine, { attempts, deliveryId }: StoredDelivery, fault: Fault): Ending {
  const { channel, error, unanswered } = fault;
  if (unanswered >= MOST_UNANSWERED) return { state: 'failed', detail: MAY_HAVE_GONE, unanswered };
  const wait =
    channel.retries === undefined
      ? BACK_OFF_MS[attempts - 1]
      : channel.retries(attempts, bucketOf(deliveryId, 'retry'));
  const reason = error instanceof Error ? error.message : String(error);
  if (!(error instanceof RetryableSendError)) engine.log.error({ err: error, deliveryId }, 'sending failed');
  if (wait === undefined) {
    const detail = `not sent after ${attempts} tries: ${reason}`;
    return doubted({ state: 'failed', detail, unanswered }, unanswered);
  }
  const asked = error instanceof RetryableSendError ? error.retryAfterMs : 0;
  const dueAt = new Date(engine.clock().getTime() + Math.max(wait, asked));
  return doubted({ state: 'pending', detail: `tries again: ${reason}`, dueAt, unanswered }, unanswered);
}
type Fault = { readonly channel: EngineChannel; readonly error: unknown; readonly unanswered: number };

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

/** Whether a fault leaves open if the message has gone. One of our own says nothing about it. */
function leavesOpen(error: unknown): boolean {
  return !(error instanceof RetryableSendError) || error.mayHaveGone;
}

/**
 * Tries to send a message: every rule once more, then the channel. Never throws for what a provider does. To a channel
 * that knows no repeats it is handed at most twice without an answer being known, however often the engine dies.
 * @returns null where another worker has taken the message meanwhile
 */
export async function attemptDelivery(engine: Engine, taken: Taken): Promise<Ending | null> {
  const { decision, delivery } = taken;
  const before = unansweredOf(delivery);
  if (before >= MOST_UNANSWERED) return { state: 'failed', detail: MAY_HAVE_GONE, unanswered: before };
  const document = await findCustomer(engine.store, { customerId: decision.customerId });
  if (document === null) return skipped('the customer is gone');
  const checked = await checkSending(engine, { decision, document, message: delivery });
  if (checked.verdict !== 'send') return doubted(heldOrDropped(engine, delivery, checked), before);
  const channel = engine.channels.get(delivery.channel);
  if (channel === null) return doubted(skipped(`no channel "${delivery.channel}"`), before);
  const noted = needsNote(channel.channel);
  let handed = false;
  try {
    const message = await channel.compose(delivery, document, { store: engine.store, now: engine.clock() });
    if ('refused' in message) return doubted(skipped(message.refused), before);
    if (noted && !(await noteHandOver(engine, taken))) return null;
    handed = true;
    const result = await channel.channel.send(message);
    handed = false;
    await learnFrom(engine, taken, { channel, address: message.to, result });
    return endingOf(result, before);
  } catch (error) {
    const unanswered = noted && handed && leavesOpen(error) ? before + 1 : before;
    return tryAgain(engine, delivery, { channel, error, unanswered });
  }
}
