import { OWN_EVENTS } from '../customers/own-events.js';
import { EVENT_SCHEMA_VERSION, type EventDocument } from '../events/event-document.js';
import { duplicatesOf } from '../store/duplicate-keys.js';
import type { Store } from '../store/store.js';
import type { BothSides } from './give-back-events.js';
import type { MergeDocument } from './merge-document.js';

/** What was said to Segue itself, under no identity of either: by a link in a mail, to an agent, on the preference page. */
const SAID = [OWN_EVENTS.suppressionSet, OWN_EVENTS.suppressionLifted, OWN_EVENTS.consentUpdated];

/** What a word is about: a later one about the same replaces it. */
function topicOf({ name, properties }: EventDocument): string {
  return name === OWN_EVENTS.consentUpdated
    ? `consent ${String(properties['channel'])} ${String(properties['purpose'])}`
    : `suppression ${String(properties['suppression_id'])}`;
}

function isRefusal({ name, properties }: EventDocument): boolean {
  return name === OWN_EVENTS.consentUpdated
    ? properties['state'] === 'denied'
    : name === OWN_EVENTS.suppressionSet;
}

/**
 * While both were one, a "no" may have been either's, so where it was the last word it holds for both: the absorbed customer
 * gets it as an event of their own. Done twice it is there once.
 */
export async function repeatRefusals(
  store: Store,
  { _id, at }: Pick<MergeDocument, '_id' | 'at'>,
  { absorbedId, holderId }: BothSides,
): Promise<void> {
  const said = await store.events
    .find({ customerId: holderId, name: { $in: SAID }, identities: [], receivedAt: { $gte: at } })
    .sort({ timestamp: 1, _id: 1 })
    .lean<EventDocument[]>();
  const lastWords = new Map(said.map((event) => [topicOf(event), event]));
  const operations = [...lastWords.values()].filter(isRefusal).map((event) => {
    const { type, name, timestamp, receivedAt, properties, context } = event;
    const document: EventDocument = {
      _id: `${_id}:${event._id}`,
      schemaVersion: EVENT_SCHEMA_VERSION,
      customerId: absorbedId,
      type,
      name,
      timestamp,
      receivedAt,
      properties,
      context,
      identities: [],
      pending: true,
    };
    return { insertOne: { document } };
  });
  if (operations.length === 0) return;
  await store.events.bulkWrite(operations, { ordered: false }).catch(duplicatesOf);
}
