import { displayNameOf } from '../customers/display-name.js';
import { findCustomer } from '../customers/find-customer.js';
import { prolongReservation, releaseContacts } from '../decisions/reserve-contacts.js';
import type { Engine } from '../engine/engine.js';
import { giveFeedback } from '../engine/give-feedback.js';
import { settleClaim } from '../usage/settle-claim.js';
import { attemptDelivery, type Ending, type Taken } from './attempt-delivery.js';
import { deliveryViewOf } from './delivery-view.js';
import { answered, unansweredOf } from './hand-over.js';
import { findDue, leaseMessage } from './lease-due.js';
import { HELD_AT_MOST_MS } from './request-delivery.js';

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

/** Tries a message that is leased and writes down what became of it. */
async function sendOne(engine: Engine, taken: Taken): Promise<void> {
  const ending = await attemptDelivery(engine, taken);
  if (ending === null) return;
  const updatedAt = engine.clock();
  const { decision, delivery } = taken;
  const { deliveryId } = delivery;
  const note = ending.unanswered === undefined ? {} : answered(ending.unanswered);
  await engine.store.decisions.updateOne(
    { _id: decision._id, 'deliveries.deliveryId': deliveryId },
    {
      ...note,
      $set: {
        ...note.$set,
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
    // A receipt may be here before the answer to the send: what it says stays.
    {
      arrayFilters: [
        { 'tried.deliveryId': deliveryId, 'tried.state': 'sending' },
        ...(ending.unanswered === undefined ? [] : [{ 'handed.deliveryId': deliveryId }]),
      ],
    },
  );
  const document = await findCustomer(engine.store, { customerId: decision.customerId });
  const name = document === null ? '' : displayNameOf(document);
  engine.live.deliveryChanged(deliveryViewOf(decision, { ...delivery, ...ending, updatedAt }, name));
  if (ending.state === 'held') await keepRoom(engine, taken, ending);
  // What may have arrived counts against the customer's limits for as long as its room is kept.
  const doubtful = (ending.unanswered ?? unansweredOf(delivery)) > 0;
  if ((ending.state === 'skipped' || ending.state === 'failed') && !doubtful)
    await giveRoomBack(engine, taken);
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

/** Messages looked up at once: what memory has to hold, however many wait. */
const BATCH = 32;

/**
 * Sends everything that is due, as many side by side as each channel's limits allow, one message of each customer at a
 * time. A message is leased only when it can begin at once, so no lease runs out in a queue, and what a channel has no
 * room for stays in the store. A fault of one message lets the others end, and is then thrown.
 * @returns how many were tried
 */
export async function sendDue(engine: Engine): Promise<number> {
  const { pace } = engine;
  const underWay = new Map<string, Promise<void>>();
  const faults: unknown[] = [];
  let tried = 0;

  const begin = async (found: Taken): Promise<void> => {
    const { channel } = found.delivery;
    const taken = await leaseMessage(engine, found).catch((error: unknown) => {
      pace.giveBack(channel);
      throw error;
    });
    if (taken === null) return pace.giveBack(channel);
    tried += 1;
    await sendOne(engine, taken).finally(() => pace.end(channel));
  };

  const fullChannels = new Set<string>();
  for (;;) {
    for (const channel of fullChannels) if (pace.hasRoom(channel)) fullChannels.delete(channel);
    const found =
      faults.length > 0
        ? []
        : await findDue(engine, {
            limit: BATCH,
            fullChannels: [...fullChannels],
            customers: new Set(underWay.keys()),
          });
    for (const message of found) {
      const { customerId } = message.decision;
      const { channel } = message.delivery;
      if (!pace.begin(channel)) {
        fullChannels.add(channel);
        continue;
      }
      const sending = begin(message)
        .catch((error: unknown) => void faults.push(error))
        .finally(() => underWay.delete(customerId));
      underWay.set(customerId, sending);
    }
    if (underWay.size === 0) {
      const [fault] = faults;
      if (fault !== undefined) throw fault;
      if (fullChannels.size === 0 && found.length === 0) return tried;
      await pace.nextTurn();
    } else if (found.length < BATCH || fullChannels.size > 0) await Promise.race(underWay.values());
  }
}
