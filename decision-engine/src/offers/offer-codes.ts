import { createHmac, randomBytes } from 'node:crypto';
import type { Store } from '../store/store.js';

const NOTE = 'offer-codes';
/** Crockford's base 32: no I, L, O, U, so that codes can be read out. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 10;

/** Makes the code of a customer for an offer: always the same one, and nobody can guess another's. */
export type OfferCodes = (customerId: string, offerId: string) => string;

/** 10 characters of 32, 50 bits of an HMAC-SHA256. */
export function createOfferCodes(secret: string): OfferCodes {
  return (customerId, offerId) => {
    const digest = createHmac('sha256', secret)
      .update(JSON.stringify([customerId, offerId]))
      .digest();
    return [...digest.subarray(0, LENGTH)].map((byte) => ALPHABET.charAt(byte % 32)).join('');
  };
}

/** The codes of this installation; their secret is made once and kept, or codes that are out would change. */
export async function readOfferCodes(store: Pick<Store, 'notes'>, now: Date): Promise<OfferCodes> {
  await store.notes.updateOne(
    { _id: NOTE },
    { $setOnInsert: { schemaVersion: 1, at: now, text: randomBytes(32).toString('base64url') } },
    { upsert: true },
  );
  const note = await store.notes.findById(NOTE).lean();
  if (note === null) throw new Error(`Expected the note "${NOTE}" to be stored`);
  return createOfferCodes(note.text);
}

/** A code as people type it: small letters, spaces and dashes between, look-alikes. */
export function normaliseCode(typed: string): string {
  return typed
    .toUpperCase()
    .replace(/[\s-]+/g, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
}
