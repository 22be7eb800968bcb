import type { InboundEvent } from '@segue/integrations';
import { EVENT_TYPES, type SegueEvent } from '@segue/models';
import { identitiesOfEvent } from '../customers/identities-of-event.js';
import { identityKey } from '../customers/identity.js';
import type { CustomerId } from '../customers/profile.js';
import { EVENT_SCHEMA_VERSION, type EventDocument } from './event-document.js';

/** How an inbound event is stored, not yet part of the profile. Traits are kept as the properties of `identify` and `group`. */
export function toEventDocument(event: InboundEvent, customerId: CustomerId): EventDocument {
  const carriesTraits = event.type === 'identify' || event.type === 'group';
  return {
    _id: event.messageId,
    schemaVersion: EVENT_SCHEMA_VERSION,
    customerId,
    type: event.type,
    name: event.name,
    timestamp: event.timestamp,
    receivedAt: event.receivedAt,
    properties: carriesTraits ? event.traits : event.properties,
    context: event.context,
    identities: identitiesOfEvent(event).map(identityKey),
    pending: true,
  };
}

/** @throws when a stored event has a type this version doesn't know. */
export function toSegueEvent(document: EventDocument): SegueEvent {
  const type = EVENT_TYPES.find((known) => known === document.type);
  if (type === undefined) {
    throw new Error(
      `Expected "type" of event ${document._id} to be one of ${EVENT_TYPES.join(', ')}, got ${document.type}`,
    );
  }
  const { _id, name, timestamp, properties, context } = document;
  return { messageId: _id, type, name, timestamp, properties, context };
}
