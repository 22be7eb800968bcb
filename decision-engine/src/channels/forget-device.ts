import { findCustomer } from '../customers/find-customer.js';
import { OWN_EVENTS } from '../customers/own-events.js';
import type { CustomerId } from '../customers/profile.js';
import type { Engine } from '../engine/engine.js';
import { announceApplied } from '../engine/take-events.js';
import { ingestForCustomer } from '../events/ingest-events.js';
import type { AddressGone } from './channel-registry.js';

/** Takes a token or subscription off the customer's profile, once for each message that found nobody there. */
export async function forgetDevice(
  engine: Engine,
  { customerId, deliveryId, address, reason }: AddressGone,
): Promise<void> {
  const document = await findCustomer(engine.store, { customerId });
  if (document === null) return;
  const now = engine.clock();
  const { applied } = await ingestForCustomer(engine.store, document._id as CustomerId, [
    {
      messageId: `device-gone:${deliveryId}`,
      type: 'track',
      name: OWN_EVENTS.deviceGone,
      timestamp: now,
      receivedAt: now,
      properties: { address, reason },
      context: {},
    },
  ]);
  announceApplied(engine, applied);
}
