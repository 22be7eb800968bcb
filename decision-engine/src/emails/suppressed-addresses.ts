import { Schema } from 'mongoose';
import type { CustomerDocument } from '../customers/customer-document.js';
import { normaliseIdentity } from '../customers/identity.js';
import { personalHashes } from '../privacy/personal-hash.js';
import type { Store } from '../store/store.js';

const SUPPRESSED_ADDRESS_SCHEMA_VERSION = 1;

/** An address nobody can be reached at. Its hash alone is kept, so that it outlives whoever had it. */
export type SuppressedAddressDocument = {
  /** Keyed hash of the address. */
  _id: string;
  schemaVersion: number;
  /** The mail server's words. */
  reason: string;
  at: Date;
};

export const suppressedAddressSchema: Schema = new Schema(
  {
    _id: { type: String, required: true },
    schemaVersion: { type: Number, required: true },
    reason: { type: String, required: true },
    at: { type: Date, required: true },
  },
  { collection: 'suppressedAddresses', versionKey: false, strict: 'throw' },
);

async function keyOf(store: Store, address: string): Promise<string> {
  const normalised = normaliseIdentity({ kind: 'email', value: address })?.value ?? address;
  const [hash] = await personalHashes(store, [`email:${normalised}`]);
  if (hash === undefined) throw new Error('Expected a hash of the address, got none');
  return hash;
}

/** Nothing goes to this address from now on. The first reason stays. */
export async function suppressAddress(
  store: Store,
  { address, reason, at }: { readonly address: string; readonly reason: string; readonly at: Date },
): Promise<void> {
  await store.suppressedAddresses.updateOne(
    { _id: await keyOf(store, address) },
    { $setOnInsert: { schemaVersion: SUPPRESSED_ADDRESS_SCHEMA_VERSION, reason, at } },
    { upsert: true },
  );
}

/**
 * Why nothing may go to an address; null where it may. Who said yes to e-mail after it bounced has told the address anew, or had
 * it repaired.
 */
export async function suppressionOfAddress(
  store: Store,
  address: string,
  { consent }: Pick<CustomerDocument, 'consent'>,
): Promise<string | null> {
  const found = await store.suppressedAddresses
    .findById(await keyOf(store, address))
    .lean<SuppressedAddressDocument | null>();
  if (found === null) return null;
  const saidSince = consent.some(
    ({ channel, purpose, state, at }) =>
      channel === 'email' && purpose === 'marketing' && state === 'granted' && at > found.at,
  );
  return saidSince ? null : `the address bounced on ${found.at.toISOString().slice(0, 10)}: ${found.reason}`;
}
