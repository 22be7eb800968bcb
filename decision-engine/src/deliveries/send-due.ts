import { RetryableSendError, type SendResult } from '@segue/integrations';
import { displayNameOf } from '../customers/display-name.js';
import { findCustomer } from '../customers/find-customer.js';
import type { RecheckResult } from '../decide/recheck.js';
import type { DecisionDocument, StoredDelivery } from '../decisions/decision-document.js';
import { prolongReservation, releaseContacts } from '../decisions/reserve-contacts.js';
import type { Engine } from '../engine/engine.js';
import { giveFeedback } from '../engine/give-feedback.js';
import { settleClaim } from '../usage/settle-claim.js';
import { checkSending, stoppedText } from './check-sending.js';
import { deliveryViewOf } from './delivery-view.js';
import { HELD_AT_MOST_MS, LOOK_AGAIN_MS } from './request-delivery.js';

/** How long a worker may hold a message before another may think it died. */
const LEASE_MS = 60_000;
const BACK_OFF_MS = [5_000, 60_000, 10 * 60_000, 3_600_000];

/** Waits for its time, for another try, or for a rule to let go; `sending` past its lease: a worker died. */
const WAITING = ['pending', 'sending', 'held'] as const;

type Taken = { readonly decision: DecisionDocument; readonly delivery: StoredDelivery };
type Ending = Pick<StoredDelivery, 'state' | 'detail'> & {
  readonly dueAt?: Date;
  readonly providerMessageId?: string;
};

/** Takes the next due message under a lease, so that no two workers send it at once. */
async function takeNext(engine: Engine): Promise<Taken | null> {
  const now = engine.clock();
  const due = { state: { $in: [...WAITING] }, dueAt: { $lte: now } };
  const decision = await engine.store.decisions
    .findOne({ deliveries: { $elemMatch: due } })
    .lean<DecisionDocument | null>();
  const delivery = decision?.deliveries.find(
    ({ state, dueAt }) => WAITING.some((each) => each === state) && dueAt.getTime() <= now.getTime(),
  );
  if (decision === null || delivery === undefined) return null;
  const leased = await engine.store.decisions.updateOne(
    {
      _id: decision._id,
      deliveries: { $elemMatch: { deliveryId: delivery.deliveryId, attempts: delivery.attempts, ...due } },
    },
    {
      $set: {
        'deliveries.$[due].state': 'sending',
        'deliveries.$[due].dueAt': new Date(now.getTime() + LEASE_MS),
      },
      $inc: { 'deliveries.$[due].attempts': 1 },
    },
    { arrayFilters: [{ 'due.deliveryId': delivery.deliveryId }] },
  );
  if (leased.modifiedCount === 0) return takeNext(engine);
  return { decision, delivery: { ...delivery, attempts: delivery.attempts + 1 } };
}

function endingOf(result: SendResult): Ending {
  switch (result.status) {
    case 'sent':
      return { state: 'sent', detail: '', providerMessageId: result.providerMessageId };
    case 'not-configured':
      return { state: 'skipped', detail: `not sent: ${result.reason}` };
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
  if (checked.verdict === 'gone')
    return { state: 'skipped', detail: 'not sent: the catalogue no longer has this message' };
  const why = stoppedText(checked.stoppedBy);
  if (checked.verdict === 'drop') return { state: 'skipped', detail: `not sent: ${why}` };
  const dueAt = checked.until ?? new Date(engine.clock().getTime() + LOOK_AGAIN_MS);
  if (dueAt.getTime() - delivery.createdAt.getTime() > HELD_AT_MOST_MS)
    return { state: 'skipped', detail: `not sent, too late by then: ${why}` };
  return { state: 'held', detail: `held: ${why}`, dueAt };
}

/** What waits longer than its decision's room would keep it. */
async function keepRoom(engine: Engine, { decision, delivery }: Taken, { dueAt }: Ending): Promise<void> {
  await prolongReservation(engine.store, {
    customerId: decision.customerId,
    decisionId: decision.continues ?? decision._id,
    actionId: delivery.actionId,
    until: new Date((dueAt ?? delivery.dueAt).getTime() + HELD_AT_MOST_MS),
  });
}

/** Room that the decision took for a message that will not be sent. Where the offer was made anyway, it stays used. */
async function giveRoomBack(engine: Engine, { decision, delivery }: Taken): Promise<void> {
  const decisionId = decision.continues ?? decision._id;
  const { actionId } = delivery;
  await releaseContacts(engine.store, { customerId: decision.customerId, decisionId, actionId });
  if (decision.claims !== undefined)
    await settleClaim(engine.store, decision._id, { actionId, outcome: 'fellThrough' });
}

async function attempt(engine: Engine, { decision, delivery }: Taken): Promise<Ending> {
  const document = await findCustomer(engine.store, { customerId: decision.customerId });
  if (document === null) return { state: 'skipped', detail: 'not sent: the customer is gone' };
  const checked = await checkSending(engine, { decision, document, message: delivery });
  if (checked.verdict !== 'send') return heldOrDropped(engine, delivery, checked);
  const channel = engine.channels.get(delivery.channel);
  if (channel === null) return { state: 'skipped', detail: `not sent: no channel "${delivery.channel}"` };
  const message = await channel.compose(delivery, document);
  if ('refused' in message) return { state: 'skipped', detail: `not sent: ${message.refused}` };
  try {
    return endingOf(await channel.channel.send(message));
  } catch (error) {
    if (!(error instanceof RetryableSendError)) throw error;
    return tryAgain(engine, delivery, error);
  }
}

function tryAgain(engine: Engine, { attempts }: StoredDelivery, error: RetryableSendError): Ending {
  const wait = BACK_OFF_MS[attempts - 1];
  if (wait === undefined)
    return { state: 'failed', detail: `not sent after ${attempts} tries: ${error.message}` };
  const dueAt = new Date(engine.clock().getTime() + Math.max(wait, error.retryAfterMs));
  return { state: 'pending', detail: `tries again: ${error.message}`, dueAt };
}

/** Sends everything that is due, one message after the other. @returns how many were tried */
export async function sendDue(engine: Engine): Promise<number> {
  for (let tried = 0; ; tried++) {
    const taken = await takeNext(engine);
    if (taken === null) return tried;
    const ending = await attempt(engine, taken);
    const updatedAt = engine.clock();
    const { decision, delivery } = taken;
    await engine.store.decisions.updateOne(
      { _id: decision._id, 'deliveries.deliveryId': delivery.deliveryId },
      {
        $set: {
          'deliveries.$[tried].state': ending.state,
          'deliveries.$[tried].detail': ending.detail,
          'deliveries.$[tried].updatedAt': updatedAt,
          // Looking at a held message is no try at sending it.
          ...(ending.state === 'held' ? { 'deliveries.$[tried].attempts': delivery.attempts - 1 } : {}),
          ...(ending.dueAt === undefined ? {} : { 'deliveries.$[tried].dueAt': ending.dueAt }),
          ...(ending.providerMessageId === undefined
            ? {}
            : { 'deliveries.$[tried].providerMessageId': ending.providerMessageId }),
        },
      },
      { arrayFilters: [{ 'tried.deliveryId': delivery.deliveryId }] },
    );
    const document = await findCustomer(engine.store, { customerId: decision.customerId });
    const name = document === null ? '' : displayNameOf(document);
    engine.live.deliveryChanged(deliveryViewOf(decision, { ...delivery, ...ending, updatedAt }, name));
    if (ending.state === 'held') await keepRoom(engine, taken, ending);
    if (ending.state === 'skipped' || ending.state === 'failed') await giveRoomBack(engine, taken);
    if (ending.state === 'sent') {
      const feedbackId = `${delivery.deliveryId}:shown`;
      const request = {
        decisionId: decision._id,
        actionId: delivery.actionId,
        outcome: 'shown' as const,
        feedbackId,
        via: {
          channel: delivery.channel,
          ...(delivery.treatmentId === undefined ? {} : { treatmentId: delivery.treatmentId }),
        },
      };
      await giveFeedback(engine, request, null);
    }
  }
}
