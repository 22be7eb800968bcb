import type { Receipt, ReceiptStatus } from '@segue/integrations';
import { displayNameOf } from '../customers/display-name.js';
import { findCustomer } from '../customers/find-customer.js';
import { OWN_EVENTS } from '../customers/own-events.js';
import type { CustomerId } from '../customers/profile.js';
import type { DecisionDocument, StoredDelivery } from '../decisions/decision-document.js';
import type { Engine } from '../engine/engine.js';
import { tryFeedback } from '../engine/give-feedback.js';
import { takeOwnEvents } from '../engine/take-own-events.js';
import type { DeliveryState } from './delivery-state.js';
import { deliveryViewOf } from './delivery-view.js';

type Reported = { readonly decision: DecisionDocument; readonly delivery: StoredDelivery };

/** How far a message has come; a receipt that comes late takes nothing back. */
const PROGRESS: Readonly<Record<DeliveryState, number>> = {
  held: 0,
  pending: 0,
  skipped: 0,
  failed: 0,
  sending: 1,
  sent: 2,
  delivered: 3,
  opened: 4,
};

const STATES: Readonly<Record<ReceiptStatus, DeliveryState | null>> = {
  delivered: 'delivered',
  opened: 'opened',
  // Who follows a link has seen the message.
  clicked: 'opened',
  failed: 'failed',
  complained: null,
  unsubscribed: null,
};

const EVENTS: Readonly<Record<ReceiptStatus, string | null>> = {
  delivered: OWN_EVENTS.messageDelivered,
  opened: 'Message Opened',
  clicked: 'Message Link Clicked',
  failed: OWN_EVENTS.messageFailed,
  complained: null,
  unsubscribed: null,
};

async function reportedOn(engine: Engine, receipt: Receipt): Promise<Reported | null> {
  const { channel, deliveryId, providerMessageId } = receipt;
  const about = (each: StoredDelivery): boolean =>
    each.channel === channel &&
    (deliveryId === undefined
      ? each.providerMessageId === providerMessageId
      : // A message that was sent twice after a crash has two names at the provider, and both are ours.
        each.deliveryId === deliveryId);
  const decision = await engine.store.decisions
    .findOne(
      deliveryId === undefined
        ? { 'deliveries.providerMessageId': providerMessageId }
        : { _id: deliveryId.split(':', 1)[0] ?? '' },
    )
    .lean<DecisionDocument | null>();
  const delivery = decision?.deliveries.find(about);
  return decision === null || delivery === undefined ? null : { decision, delivery };
}

function stateAfter(known: DeliveryState, said: DeliveryState | null): DeliveryState | null {
  if (said === null) return null;
  // A failure that is reported after the message was seen is about another copy.
  if (said === 'failed') return PROGRESS[known] <= PROGRESS.sent ? said : null;
  return PROGRESS[said] > PROGRESS[known] ? said : null;
}

/** Keeps the state a receipt brings, unless the message has come further. */
async function keepState(engine: Engine, { decision, delivery }: Reported, receipt: Receipt): Promise<void> {
  const state = stateAfter(delivery.state, STATES[receipt.status]);
  if (state === null) return;
  const updatedAt = engine.clock();
  const detail =
    state === 'failed' ? `not delivered: ${receipt.detail ?? 'no reason was given'}` : delivery.detail;
  const written = await engine.store.decisions.updateOne(
    {
      _id: decision._id,
      deliveries: { $elemMatch: { deliveryId: delivery.deliveryId, state: delivery.state } },
    },
    {
      $set: {
        'deliveries.$[one].state': state,
        'deliveries.$[one].detail': detail,
        'deliveries.$[one].updatedAt': updatedAt,
        'deliveries.$[one].providerMessageId': receipt.providerMessageId,
      },
    },
    { arrayFilters: [{ 'one.deliveryId': delivery.deliveryId }] },
  );
  if (written.modifiedCount === 0) {
    // The state has changed since it was read: look again.
    const again = await reportedOn(engine, receipt);
    return again === null ? undefined : keepState(engine, again, receipt);
  }
  const document = await findCustomer(engine.store, { customerId: decision.customerId });
  const name = document === null ? '' : displayNameOf(document);
  engine.live.deliveryChanged(deliveryViewOf(decision, { ...delivery, state, detail, updatedAt }, name));
}

/**
 * Takes in what a provider reports of a message: its state in the outbox, an event in the customer's history, and a click
 * as an outcome of the decision. Repeated it changes nothing.
 * @returns the customer; null where the message is not known (any more)
 */
export async function recordReceipt(engine: Engine, receipt: Receipt): Promise<CustomerId | null> {
  const reported = await reportedOn(engine, receipt);
  if (reported === null) return null;
  await keepState(engine, reported, receipt);
  const { decision, delivery } = reported;
  const document = await findCustomer(engine.store, { customerId: decision.customerId });
  if (document === null) return null;
  const customerId = document._id as CustomerId;
  const { deliveryId, actionId, channel, treatmentId } = delivery;
  const name = EVENTS[receipt.status];
  if (name !== null) {
    await takeOwnEvents(engine, customerId, [
      {
        messageId: `receipt:${deliveryId}:${receipt.status}`,
        name,
        at: receipt.at,
        properties: {
          channel,
          delivery_id: deliveryId,
          decision_id: decision._id,
          action_id: actionId,
          ...(receipt.detail === undefined ? {} : { reason: receipt.detail }),
        },
      },
    ]);
  }
  if (receipt.status === 'clicked') {
    await tryFeedback(
      engine,
      {
        decisionId: decision._id,
        actionId,
        outcome: 'clicked',
        feedbackId: `${deliveryId}:clicked`,
        at: receipt.at,
        via: { channel, ...(treatmentId === undefined ? {} : { treatmentId }) },
      },
      null,
    );
  }
  return customerId;
}
