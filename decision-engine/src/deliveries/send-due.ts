import { RetryableSendError, type SendResult } from '@segue/integrations';
import { displayNameOf } from '../customers/display-name.js';
import { findCustomer } from '../customers/find-customer.js';
import { profileOf } from '../customers/stored-profile.js';
import type { DecisionDocument, StoredDelivery } from '../decisions/decision-document.js';
import type { Engine } from '../engine/engine.js';
import { giveFeedback } from '../engine/give-feedback.js';
import { deliveryViewOf } from './delivery-view.js';
import { mayContact } from './may-contact.js';

/** How long a worker may hold a message before another may think it died. */
const LEASE_MS = 60_000;
const BACK_OFF_MS = [5_000, 60_000, 10 * 60_000, 3_600_000];

type Taken = { readonly decision: DecisionDocument; readonly delivery: StoredDelivery };
type Ending = Pick<StoredDelivery, 'state' | 'detail'> & { readonly dueAt?: Date };

/** Takes the next due message under a lease, so that no two workers send it at once. */
async function takeNext(engine: Engine): Promise<Taken | null> {
  const now = engine.clock();
  const due = { state: { $in: ['pending', 'sending'] }, dueAt: { $lte: now } };
  const decision = await engine.store.decisions
    .findOne({ deliveries: { $elemMatch: due } })
    .lean<DecisionDocument | null>();
  const delivery = decision?.deliveries.find(
    ({ state, dueAt }) => (state === 'pending' || state === 'sending') && dueAt.getTime() <= now.getTime(),
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
      return { state: 'sent', detail: '' };
    case 'not-configured':
      return { state: 'skipped', detail: `not sent: ${result.reason}` };
    case 'rejected':
      return { state: 'failed', detail: `not sent: ${result.reason}` };
  }
}

async function attempt(engine: Engine, { decision, delivery }: Taken): Promise<Ending> {
  const document = await findCustomer(engine.store, { customerId: decision.customerId });
  if (document === null) return { state: 'skipped', detail: 'not sent: the customer is gone' };
  const actionClass =
    decision.actions.find(({ actionId }) => actionId === delivery.actionId)?.class ?? 'promotional';
  const allowed = mayContact(profileOf(document), { channel: delivery.channel, actionClass });
  if (!allowed.ok) return { state: 'skipped', detail: `not sent: ${allowed.reason}` };
  const { deliveryId, to, subject, text } = delivery;
  try {
    return endingOf(await engine.email.send({ deliveryId, to, subject, text }));
  } catch (error) {
    if (!(error instanceof RetryableSendError)) throw error;
    const wait = BACK_OFF_MS[delivery.attempts - 1];
    if (wait === undefined)
      return { state: 'failed', detail: `not sent after ${delivery.attempts} tries: ${error.message}` };
    const dueAt = new Date(engine.clock().getTime() + wait);
    return { state: 'pending', detail: `tries again: ${error.message}`, dueAt };
  }
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
          ...(ending.dueAt === undefined ? {} : { 'deliveries.$[tried].dueAt': ending.dueAt }),
        },
      },
      { arrayFilters: [{ 'tried.deliveryId': delivery.deliveryId }] },
    );
    const document = await findCustomer(engine.store, { customerId: decision.customerId });
    const name = document === null ? '' : displayNameOf(document);
    engine.live.deliveryChanged(deliveryViewOf(decision, { ...delivery, ...ending, updatedAt }, name));
    if (ending.state === 'sent') {
      const feedbackId = `${delivery.deliveryId}:shown`;
      const request = {
        decisionId: decision._id,
        actionId: delivery.actionId,
        outcome: 'shown' as const,
        feedbackId,
      };
      await giveFeedback(engine, request, null);
    }
  }
}
