import { OWN_EVENTS } from '../customers/own-events.js';
import { EVENT_SCHEMA_VERSION, type EventDocument } from '../events/event-document.js';
import { duplicatesOf } from '../store/duplicate-keys.js';
import type { Store } from '../store/store.js';
import { personalHashes } from './personal-hash.js';
import type { ErasureDocument } from './privacy-documents.js';

export type NewIdentity = { readonly key: string; readonly customerId: string };

/** What somebody who was erased and has come back is known not to want, as events of their new profile. */
function eventsOf(erasure: ErasureDocument, customerId: string, receivedAt: Date): EventDocument[] {
  const event = (id: string, name: string, properties: EventDocument['properties']): EventDocument => ({
    _id: `erased:${erasure._id}:${id}:${customerId}`,
    schemaVersion: EVENT_SCHEMA_VERSION,
    customerId,
    type: 'track',
    name,
    timestamp: receivedAt,
    receivedAt,
    properties: { ...properties, source: 'erasure' },
    context: {},
    identities: [],
    pending: true,
  });
  return [
    ...erasure.suppressions.map(({ kind, channel, classes, groups, actions, until }, index) =>
      event(`s${index}`, OWN_EVENTS.suppressionSet, {
        suppression_id: `erased-${index}`,
        kind,
        reason: 'kept from before their data was erased',
        ...(channel === null ? {} : { channel }),
        ...(classes === null ? {} : { classes: [...classes] }),
        ...(groups === null ? {} : { groups: [...groups] }),
        ...(actions === null ? {} : { actions: [...actions] }),
        ...(until === null ? {} : { until: until.toISOString() }),
      }),
    ),
    ...erasure.denied.map(({ channel, purpose }, index) =>
      event(`c${index}`, OWN_EVENTS.consentUpdated, { channel, purpose, state: 'denied' }),
    ),
  ];
}

/**
 * Puts what is remembered of an erased person into the profile they get when one of their identities is seen again. To
 * be called before the identities are attached: after a crash between the two it is done again, and changes nothing more.
 * The events are pending, so they enter the profile with the event that brought the identity.
 */
export async function honourErasures(
  store: Store,
  identities: readonly NewIdentity[],
  now: Date,
): Promise<void> {
  if (identities.length === 0 || (await store.erasures.exists({})) === null) return;
  const hashes = await personalHashes(
    store,
    identities.map(({ key }) => key),
  );
  const customerOf = new Map(hashes.map((hash, index) => [hash, identities[index]?.customerId]));
  const remembered = await store.erasures.find({ _id: { $in: hashes } }).lean<ErasureDocument[]>();
  const documents = remembered.flatMap((erasure) => {
    const customerId = customerOf.get(erasure._id);
    return customerId === undefined ? [] : eventsOf(erasure, customerId, now);
  });
  if (documents.length === 0) return;
  const operations = documents.map((document) => ({ insertOne: { document } }));
  await store.events.bulkWrite(operations, { ordered: false }).catch(duplicatesOf);
}
