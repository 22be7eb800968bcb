import { emptyFeatureState, updateFeatureState } from '@segue/models';
import type { EventDocument } from '../events/event-document.js';
import { toSegueEvent } from '../events/stored-event.js';
import type { Store } from '../store/store.js';
import type { CustomerDocument } from './customer-document.js';
import { FEATURE_STATE_VERSION } from './stored-profile.js';

type Old = Pick<CustomerDocument, '_id' | 'revision' | 'applying'>;

/** The features of a customer from all events that are part of the profile. */
async function featuresOf(store: Store, { _id, applying }: Old): Promise<CustomerDocument['features']> {
  const cursor = store.events
    .find({ customerId: _id, $or: [{ pending: null }, { _id: { $in: [...applying] } }] })
    .sort({ timestamp: 1, _id: 1 })
    .lean<EventDocument[]>()
    .cursor({ batchSize: 1_000 });
  let state = emptyFeatureState();
  for await (const document of cursor) state = updateFeatureState(state, toSegueEvent(document));
  return state;
}

/**
 * Makes the features of profiles anew that another version of Segue kept in another form: events are the truth, features
 * follow from them. To be run before events are taken; where an event came in between, that customer is done again.
 * @param onProgress customers done, of how many
 * @returns how many were made anew
 */
export async function rebuildFeatures(
  store: Store,
  onProgress: (done: number, total: number) => void = () => {},
): Promise<number> {
  const old = { 'features.version': { $ne: FEATURE_STATE_VERSION }, mergedInto: null };
  const total = await store.customers.countDocuments(old);
  for (let done = 0; ; done += 1) {
    const next = await store.customers.findOne(old, { revision: 1, applying: 1 }).lean<Old | null>();
    if (next === null) return done;
    const features = await featuresOf(store, next);
    await store.customers.updateOne(
      { _id: next._id, revision: next.revision },
      { $set: { features, scoredAt: null, revision: next.revision + 1 } },
    );
    onProgress(done + 1, total);
  }
}
