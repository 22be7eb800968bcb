import { displayNameOf } from '../customers/display-name.js';
import { findCustomer } from '../customers/find-customer.js';
import type { DecisionDocument } from '../decisions/decision-document.js';
import { prolongReservation, releaseContacts } from '../decisions/reserve-contacts.js';
import type { Engine } from '../engine/engine.js';
import { giveFeedback } from '../engine/give-feedback.js';
import { settleClaim } from '../usage/settle-claim.js';
import { attemptDelivery, type Ending, type Taken } from './attempt-delivery.js';
import { deliveryViewOf } from './delivery-view.js';
import { HELD_AT_MOST_MS } from './request-delivery.js';

/** How long a worker may hold a message before another may think it died. */
const LEASE_MS = 60_000;

/** Waits for its time, for another try, or for a rule to let go; `sending` past its lease: a worker died. */
const WAITING = ['pending', 'sending', 'held'] as const;

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

/** Sends everything that is due, one message after the other. @returns how many were tried */
export async function sendDue(engine: Engine): Promise<number> {
  for (let tried = 0; ; tried++) {
    const taken = await takeNext(engine);
    if (taken === null) return tried;
    const ending = await attemptDelivery(engine, taken);
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
