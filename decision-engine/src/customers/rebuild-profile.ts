import type { EventDocument } from '../events/event-document.js';
import { toSegueEvent } from '../events/stored-event.js';
import type { Store } from '../store/store.js';
import { applyEvent, newProfile } from './apply-event.js';
import { markApplied } from './apply-pending.js';
import type { CustomerDocument } from './customer-document.js';
import type { CustomerId, Profile } from './profile.js';
import { profileFields } from './stored-profile.js';

const TRIES = 60;

/** Parts of a profile that are not there where nothing was told. */
const OPTIONAL = ['devices', 'heardFrom', 'lists'] as const satisfies readonly (keyof Profile)[];

/**
 * Makes a profile anew from the customer's events, of which some may have gone to somebody else. Events that are pending
 * stay so. Where one enters the profile meanwhile it is made anew once more; done twice it is the same.
 * @throws when other writers kept winning through every try
 */
export async function rebuildProfile(store: Store, customerId: CustomerId): Promise<void> {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const document = await store.customers.findById(customerId).lean<CustomerDocument | null>();
    if (document === null || document.mergedInto !== null) return;
    // From here on "not pending" is the same as "in the profile".
    await markApplied(store, [{ customerId, messageIds: document.applying }]);
    const profile = await profileFromEvents(store, document);
    const absent = OPTIONAL.filter((part) => profile[part] === undefined);
    const saved = await store.customers.updateOne(
      { _id: customerId, revision: document.revision, mergedInto: null },
      {
        $set: { ...profileFields(profile), applying: [], revision: document.revision + 1 },
        ...(absent.length === 0 ? {} : { $unset: Object.fromEntries(absent.map((part) => [part, ''])) }),
      },
    );
    if (saved.matchedCount === 1) return;
  }
  throw new Error(`Could not make ${customerId} anew in ${TRIES} tries: other writers kept changing it`);
}

async function profileFromEvents(
  store: Store,
  { _id, firstSeenAt }: Pick<CustomerDocument, '_id' | 'firstSeenAt'>,
): Promise<Profile> {
  const cursor = store.events
    .find({ customerId: _id, pending: null })
    .sort({ timestamp: 1, _id: 1 })
    .lean<EventDocument[]>()
    .cursor({ batchSize: 1_000 });
  let profile: Profile | null = null;
  for await (const event of cursor) {
    profile = applyEvent(profile ?? newProfile(_id as CustomerId, event.timestamp), toSegueEvent(event));
  }
  return profile ?? newProfile(_id as CustomerId, firstSeenAt);
}
