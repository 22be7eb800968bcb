import type { CustomerDocument } from '../customers/customer-document.js';
import { suppressionsInForce } from '../customers/suppression-from-event.js';
import type { Store } from '../store/store.js';
import { personalHashes } from './personal-hash.js';
import { type ErasureDocument, PRIVACY_SCHEMA_VERSION } from './privacy-documents.js';

/** Nobody advertises to somebody who asked to be forgotten, should they come back. */
const NO_ADVERTISING: ErasureDocument['suppressions'][number] = {
  kind: 'legal',
  channel: null,
  classes: ['promotional'],
  groups: null,
  actions: null,
  until: null,
};

/**
 * Keeps, under hashes of their identities, what a customer is not to be contacted with, before the rest is erased. Done
 * again it only adds: what was erased meanwhile says nothing against it. @returns how many identities are remembered
 */
export async function rememberErasure(
  store: Store,
  customerIds: readonly string[],
  now: Date,
): Promise<number> {
  const [identities, customers] = await Promise.all([
    store.identities.find({ customerId: { $in: [...customerIds] } }).lean(),
    store.customers
      .find({ _id: { $in: [...customerIds] } }, { suppressions: 1, consent: 1 })
      .lean<Pick<CustomerDocument, 'suppressions' | 'consent'>[]>(),
  ]);
  const suppressions = [
    NO_ADVERTISING,
    ...customers.flatMap(({ suppressions: all }) =>
      suppressionsInForce(all, now).map(({ kind, channel, classes, groups, actions, until }) => ({
        kind,
        channel,
        classes,
        groups,
        actions,
        until,
      })),
    ),
  ];
  const denied = customers.flatMap(({ consent }) =>
    consent.filter(({ state }) => state === 'denied').map(({ channel, purpose }) => ({ channel, purpose })),
  );
  const hashes = await personalHashes(
    store,
    identities.map(({ _id }) => _id),
  );
  if (hashes.length > 0) {
    await store.erasures.bulkWrite(
      hashes.map((_id) => ({
        updateOne: {
          filter: { _id },
          update: {
            $set: { schemaVersion: PRIVACY_SCHEMA_VERSION, at: now },
            $addToSet: { suppressions: { $each: suppressions }, denied: { $each: denied } },
          },
          upsert: true,
        },
      })),
      { ordered: false },
    );
  }
  return hashes.length;
}
