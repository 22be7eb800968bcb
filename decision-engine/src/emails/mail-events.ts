import { createHash } from 'node:crypto';
import type { JsonObject } from '@segue/models';
import { findCustomer } from '../customers/find-customer.js';
import { objectsToProfiling } from '../customers/objects-to-profiling.js';
import type { CustomerId } from '../customers/profile.js';
import type { DecisionDocument, StoredDelivery } from '../decisions/decision-document.js';
import type { Engine } from '../engine/engine.js';
import { tryFeedback } from '../engine/give-feedback.js';
import { takeOwnEvents } from '../engine/take-own-events.js';

export type MessageOf = {
  readonly decision: Pick<DecisionDocument, '_id' | 'customerId'>;
  readonly delivery: StoredDelivery;
};

/** The message a link stood in; null where it is not stored any more. */
export async function messageOf(engine: Engine, deliveryId: string): Promise<MessageOf | null> {
  const decision = await engine.store.decisions
    .findOne({ _id: deliveryId.split(':', 1)[0] ?? '' }, { customerId: 1, deliveries: 1 })
    .lean<Pick<DecisionDocument, '_id' | 'customerId' | 'deliveries'> | null>();
  const delivery = decision?.deliveries.find((each) => each.deliveryId === deliveryId);
  return decision === null || delivery === undefined ? null : { decision, delivery };
}

/** What every event about a message says of it. */
export function aboutMessage({ decision, delivery }: MessageOf): JsonObject {
  const { actionId, providerMessageId, subject, channel } = delivery;
  return {
    decision_id: decision._id,
    action_id: actionId,
    channel,
    ...(providerMessageId === undefined ? {} : { email_id: providerMessageId }),
    ...(subject === '' ? {} : { email_subject: subject }),
  };
}

/** Who may be followed: the customer of a message, where there is one and they don't object to profiling. */
async function followedCustomer(engine: Engine, { decision }: MessageOf): Promise<CustomerId | null> {
  const document = await findCustomer(engine.store, { customerId: decision.customerId });
  return document === null || objectsToProfiling(document) ? null : (document._id as CustomerId);
}

/** Records that a link of a message was opened: an event for journeys, an outcome of the decision; each link once. */
export async function recordClick(
  engine: Engine,
  { deliveryId, url }: { readonly deliveryId: string; readonly url: string },
): Promise<CustomerId | null> {
  const message = await messageOf(engine, deliveryId);
  if (message === null || !engine.sender.trackClicks) return null;
  const customerId = await followedCustomer(engine, message);
  if (customerId === null) return null;
  const link = createHash('sha256').update(url).digest('hex').slice(0, 16);
  await takeOwnEvents(engine, customerId, [
    {
      messageId: `email-clicked:${deliveryId}:${link}`,
      name: 'Email Link Clicked',
      properties: { ...aboutMessage(message), link_url: url },
    },
  ]);
  const { decision, delivery } = message;
  await tryFeedback(
    engine,
    {
      decisionId: decision._id,
      actionId: delivery.actionId,
      outcome: 'clicked',
      feedbackId: `${deliveryId}:clicked`,
      via: {
        channel: delivery.channel,
        ...(delivery.treatmentId === undefined ? {} : { treatmentId: delivery.treatmentId }),
      },
    },
    null,
  );
  return customerId;
}

/** Records that a message was opened, once. Says little: many mail programs load images by themselves, many never. */
export async function recordOpening(engine: Engine, deliveryId: string): Promise<CustomerId | null> {
  const message = await messageOf(engine, deliveryId);
  if (message === null || !engine.sender.trackOpens) return null;
  const customerId = await followedCustomer(engine, message);
  if (customerId === null) return null;
  await takeOwnEvents(engine, customerId, [
    { messageId: `email-opened:${deliveryId}`, name: 'Email Opened', properties: aboutMessage(message) },
  ]);
  return customerId;
}
