import { createHmac, randomBytes } from 'node:crypto';
import type { Store } from '../store/store.js';

const NOTE = 'privacy:hash-key';
const keys = new WeakMap<Store, string>();

/** The key of this installation: without it, nobody finds out by trying addresses who was erased. */
async function hashKey(store: Store): Promise<string> {
  const known = keys.get(store);
  if (known !== undefined) return known;
  const made = randomBytes(32).toString('base64url');
  await store.notes.updateOne(
    { _id: NOTE },
    { $setOnInsert: { schemaVersion: 1, at: new Date(0), text: made } },
    { upsert: true },
  );
  const note = await store.notes.findById(NOTE).lean();
  if (note === null) throw new Error(`Expected the note "${NOTE}" to be there after it was written`);
  keys.set(store, note.text);
  return note.text;
}

/** What may be kept of an id or an identity (`email:ann@example.com`) of somebody who is gone. */
export async function personalHashes(store: Store, values: readonly string[]): Promise<string[]> {
  const key = await hashKey(store);
  return values.map((value) => createHmac('sha256', key).update(value).digest('base64url'));
}
