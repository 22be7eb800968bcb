import type { Store } from './store.js';

/** @returns the note's text; null when there is none of that name */
export async function readNote(store: Store, name: string): Promise<string | null> {
  const note = await store.notes.findById(name).lean();
  return note?.text ?? null;
}

export async function writeNote(
  store: Store,
  { name, text, at }: { readonly name: string; readonly text: string; readonly at: Date },
): Promise<void> {
  await store.notes.updateOne({ _id: name }, { $set: { schemaVersion: 1, at, text } }, { upsert: true });
}
