import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Store } from '../store/store.js';
import type { LinkKey } from './link-token.js';

const NOTE = 'link-keys';

const keysSchema = z
  .array(z.object({ keyId: z.string(), secret: z.string().min(32), createdAt: z.string() }))
  .min(1);

export type StoredLinkKey = LinkKey & { readonly createdAt: string };

function newKey(now: Date): StoredLinkKey {
  return {
    keyId: randomBytes(4).toString('hex'),
    secret: randomBytes(32).toString('base64url'),
    createdAt: now.toISOString(),
  };
}

/**
 * The keys that sign the links in messages, the newest first: it signs, the others are still honoured. The first reader makes
 * the first key; of several at once all get the same.
 */
export async function readLinkKeys(
  store: Pick<Store, 'notes'>,
  now: Date,
): Promise<readonly StoredLinkKey[]> {
  await store.notes.updateOne(
    { _id: NOTE },
    { $setOnInsert: { schemaVersion: 1, at: now, text: JSON.stringify([newKey(now)]) } },
    { upsert: true },
  );
  const note = await store.notes.findById(NOTE).lean();
  return keysSchema.parse(JSON.parse(note?.text ?? '[]'));
}

/** Keeps exactly these keys, if nobody changed them since they were read. @returns whether they are kept */
async function replaceKeys(
  store: Pick<Store, 'notes'>,
  { before, after, now }: { before: readonly LinkKey[]; after: readonly LinkKey[]; now: Date },
): Promise<boolean> {
  const written = await store.notes.updateOne(
    { _id: NOTE, text: JSON.stringify(before) },
    { $set: { text: JSON.stringify(after), at: now } },
  );
  return written.matchedCount === 1;
}

/** Adds a key that signs from now on. Links in messages that are out keep working. @returns the new key's name */
export async function rotateLinkKeys(store: Pick<Store, 'notes'>, now: Date): Promise<string> {
  const before = await readLinkKeys(store, now);
  const added = newKey(now);
  if (await replaceKeys(store, { before, after: [added, ...before], now })) return added.keyId;
  return rotateLinkKeys(store, now);
}

/** Takes a key back: the links it signed stop working. @returns false where it is the one that signs, or there is none */
export async function dropLinkKey(store: Pick<Store, 'notes'>, keyId: string, now: Date): Promise<boolean> {
  const before = await readLinkKeys(store, now);
  const after = before.filter((key, index) => index === 0 || key.keyId !== keyId);
  return after.length < before.length && replaceKeys(store, { before, after, now });
}
